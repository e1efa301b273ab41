"""The final state of an output, as a digest that the order of its rows does not change, with a sample of the rows."""

from pyspark.sql import functions as fn
from pyspark.sql.types import (
    ArrayType,
    DoubleType,
    FloatType,
    MapType,
    StructField,
    StructType,
)

SAMPLE_ROWS = 200
LONGEST_TEXT = 300
JSON = {"timeZone": "UTC", "ignoreNullFields": "false"}


def keyed(rows, keys):
    """Rows as text: `k` of the key's columns, of all without a key, and `v` of the others; `at` in their order."""
    columns = [name for name in rows.columns if name != "at"]
    own = [name for name in columns if keys is None or name in keys]
    rest = [name for name in columns if name not in own]
    at = fn.col("at") if "at" in rows.columns else fn.monotonically_increasing_id()
    return rows.select(
        as_json(rows, own).alias("k"), as_json(rows, rest).alias("v"), at.alias("at")
    )


def as_json(rows, names):
    """JSON of some columns. Sums of floating-point numbers depend on their order, so seven digits are kept."""
    if not names:
        return fn.lit("")
    fields = [
        fn.col(f"`{name}`").cast(rounded(rows.schema[name].dataType)).alias(name)
        for name in names
    ]
    return fn.to_json(fn.struct(*fields), JSON)


def rounded(kind):
    if isinstance(kind, DoubleType):
        return FloatType()
    if isinstance(kind, ArrayType):
        return ArrayType(rounded(kind.elementType), kind.containsNull)
    if isinstance(kind, MapType):
        return MapType(
            rounded(kind.keyType), rounded(kind.valueType), kind.valueContainsNull
        )
    if isinstance(kind, StructType):
        fields = [StructField(f.name, rounded(f.dataType), f.nullable) for f in kind]
        return StructType(fields)
    return kind


def state_of(rows):
    """
    How many rows, the sum of their hashes, and a sample: the rows whose keys have the smallest hashes, which are the
    same keys in each trial.
    """
    hashed = rows.select(
        "k", "v", fn.lpad(fn.hex(fn.xxhash64("k")), 16, "0").alias("hash")
    )
    whole = fn.xxhash64("k", "v").cast("decimal(20,0)")
    count, total = hashed.agg(fn.count("*"), fn.sum(whole).cast("string")).first()
    share = 1 << max(0, (count // (2 * SAMPLE_ROWS)).bit_length() - 1)
    part = hashed.where(fn.expr(f"pmod(xxhash64(k), {share}) = 0"))
    sample = part.groupBy("hash", "k", "v").count().orderBy("hash", "v")
    return {
        "rows": count,
        "digest": total or "0",
        "share": share,
        "sample": [
            {"hash": one["hash"], "key": clip(one["k"]), "value": valued(one)}
            for one in sample.limit(SAMPLE_ROWS).collect()
        ],
    }


def valued(row):
    value = clip(row["v"])
    times = row["count"]
    return value if times == 1 else f"{value} × {times}".strip()


def clip(text):
    text = text or ""
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"
