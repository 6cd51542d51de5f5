"""Why a file is refused: a word between the processes, a sentence for people."""

REFUSALS = {
    "damaged": "Tệp bị hỏng, không mở được. Hãy lưu, quét hoặc chụp lại rồi tải lên.",
    "empty": "Tệp không có nội dung hoặc không có trang nào.",
    "heavy": "Tệp quá phức tạp để kiểm tra. Hãy quét lại với chất lượng thấp hơn hoặc chia thành nhiều tệp.",
    "other": "Tệp không phải PDF, ảnh (JPG, PNG, HEIC, WebP), Word (.docx) hay Excel (.xlsx). "
    "Hãy lưu tài liệu thành PDF rồi tải lên.",
    "polyglot": "Tệp chứa lẫn nội dung của một loại tệp khác nên bị từ chối. Hãy lưu, quét hoặc chụp lại.",
    "ending": "Đuôi tên tệp không đúng với nội dung. Hãy lưu tệp lại bằng phần mềm đã tạo ra nó.",
    "encrypted": "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.",
    "active": "Tệp PDF chứa mã lệnh hoặc tệp đính kèm. Hãy in lại thành PDF thường rồi tải lên.",
    "pages": "Tệp PDF có quá 1.000 trang. Hãy chia thành nhiều tệp.",
    "pixels": "Ảnh có quá nhiều điểm ảnh (trên 40 triệu). Hãy giảm kích thước ảnh.",
    "old": "Tệp thuộc dạng Word, Excel cũ (.doc, .xls). Hãy lưu lại dạng .docx, .xlsx hoặc PDF.",
    "macro": "Tệp chứa mã lệnh (macro). Hãy lưu lại dạng không có mã lệnh rồi tải lên.",
    "binary": "Tệp thuộc dạng Excel nhị phân (.xlsb). Hãy lưu lại dạng .xlsx rồi tải lên.",
    "links": "Tệp lấy nội dung từ tệp hoặc địa chỉ khác. Hãy bỏ các liên kết đó hoặc lưu thành PDF.",
    "embedded": "Tệp chứa tệp nhúng. Hãy bỏ tệp nhúng hoặc lưu thành PDF rồi tải lên.",
    "paths": "Tệp có đường dẫn không hợp lệ bên trong nên bị từ chối.",
    "entries": "Tệp có quá nhiều thành phần bên trong nên bị từ chối.",
    "bomb": "Tệp phình ra quá lớn khi mở nên bị từ chối. Hãy bỏ bớt hình ảnh, dòng, cột thừa rồi lưu lại.",
    "signed_other": "Tệp không phải là bản của giấy này: nội dung gốc khác với bản đã kết xuất từ cổng. "
    "Hãy tải đúng bản để ký rồi ký lại.",
    "signed_not": "Tệp chưa có chữ ký số.",
    "signed_twice": "Tệp có nhiều chữ ký số. Cổng chỉ nhận bản có một chữ ký của cơ quan.",
    "signed_wrong": "Chữ ký số không hợp lệ hoặc nội dung đã bị sửa sau khi ký.",
    "signed_part": "Chữ ký số không bao trùm toàn bộ tệp: có nội dung được thêm sau khi ký.",
    "signed_unknown": "Chữ ký số không do nơi được cổng tin cấp. Hãy ký bằng thiết bị của cơ quan.",
    "signed_changed": "Tệp được thêm nội dung khác ngoài chữ ký số. Hãy ký thẳng lên bản tải từ cổng.",
    "entities": "Tệp khai báo nội dung lạ bên trong nên bị từ chối.",
}


class Unfit(Exception):
    """The file is refused; ``args[0]`` is a word, ``sentence`` what people read."""

    @property
    def word(self):
        return self.args[0]

    @property
    def sentence(self):
        return REFUSALS.get(self.word, REFUSALS["heavy"])
