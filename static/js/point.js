// A click on the outlines of the districts fills latitude and longitude in; numbers that are typed move the mark.
function pointMap(figure) {
  const picture = figure.querySelector("svg");
  const mark = picture.querySelector("circle");
  const north = document.getElementById("id_latitude");
  const east = document.getElementById("id_longitude");
  const { left, top, across, down } = Object.fromEntries(
    Object.entries(figure.dataset).map(([name, text]) => [name, Number(text)]),
  );
  if (!north || !east) return;
  const read = (field) => Number(field.value.replace(",", "."));
  function draw() {
    const known = north.value && east.value;
    mark.setAttribute("cx", known ? (read(east) - left) * across : -20);
    mark.setAttribute("cy", known ? (top - read(north)) * down : -20);
  }
  picture.addEventListener("click", (event) => {
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    east.value = (left + place.x / across).toFixed(5);
    north.value = (top - place.y / down).toFixed(5);
    for (const field of [north, east]) field.dispatchEvent(new Event("input", { bubbles: true }));
    draw();
  });
  for (const field of [north, east]) field.addEventListener("input", draw);
  draw();
}
document.querySelectorAll("[data-point]").forEach(pointMap);
