"""Search over names and producers' names as stored words; a register of those words for the second chance."""

import django.contrib.postgres.search
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

import products.models.words

WORDS = """
create function vn_words(text) returns text language sql immutable strict parallel safe as $$
  select btrim(regexp_replace(vn_norm($1), '[^a-z0-9]+', ' ', 'g'))
$$;
create function products_document(product text, maker text) returns tsvector language sql immutable parallel safe as $$
  select setweight(to_tsvector('simple', coalesce(vn_words(product), '')), 'A')
    || setweight(to_tsvector('simple', coalesce(vn_words(maker), '')), 'B')
$$;
"""
NO_WORDS = "drop function products_document(text, text); drop function vn_words(text);"

# The producer's name is read while the product is written, and written anew when the producer's name changes.
KEPT = """
create function products_keep_search() returns trigger language plpgsql set search_path from current as $$
begin
  new.search := products_document(new.name, (select name from entities_entity where id = new.entity_id));
  return new;
end $$;
create trigger products_product_search before insert or update on products_product
  for each row execute function products_keep_search();

create function products_follow_maker() returns trigger language plpgsql set search_path from current as $$
begin
  update products_product set search = null where entity_id = new.id;
  return null;
end $$;
create trigger entities_entity_search after update of name on entities_entity
  for each row when (old.name is distinct from new.name) execute function products_follow_maker();

create function products_keep_words() returns trigger language plpgsql set search_path from current as $$
begin
  insert into products_word (text)
    select distinct word from fresh, unnest(tsvector_to_array(fresh.search)) as word
    where not exists (select from products_word where text = word)
    order by word  -- two writers take the same locks in the same order
    on conflict do nothing;
  return null;
end $$;
create trigger products_product_words_new after insert on products_product
  referencing new table as fresh for each statement execute function products_keep_words();
create trigger products_product_words_changed after update on products_product
  referencing new table as fresh for each statement execute function products_keep_words();

update products_product set search = null;
"""
NOT_KEPT = """
drop trigger products_product_words_changed on products_product;
drop trigger products_product_words_new on products_product;
drop trigger entities_entity_search on entities_entity;
drop trigger products_product_search on products_product;
drop function products_keep_words();
drop function products_follow_maker();
drop function products_keep_search();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("entities", "0004_producers"),
        ("products", "0007_cycle_and_tracking"),
    ]

    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "text",
                    models.CharField(max_length=200, primary_key=True, serialize=False, verbose_name="từ"),
                ),
            ],
            options={"verbose_name": "từ để tìm", "verbose_name_plural": "từ để tìm"},
        ),
        migrations.RemoveIndex(model_name="product", name="product_search"),
        migrations.RemoveField(model_name="product", name="search"),
        migrations.AddField(
            model_name="product",
            name="search",
            field=django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="product",
            name="plain",
            field=models.GeneratedField(
                db_persist=True,
                expression=products.models.words.VnWords(models.F("name")),
                output_field=models.TextField(),
            ),
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
        migrations.AddIndex(
            model_name="product", index=GinIndex(fields=["search"], name="product_search")
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                fields=["plain"], name="product_beginning", opclasses=["text_pattern_ops"]
            ),
        ),
    ]
