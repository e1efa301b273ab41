"""Counts the records that a query has read, by the offsets of its Kafka sources."""


class RecordsRead:
    """
    A query that reads a topic twice, as one does that joins it with itself, has one source for each reading: as many
    records of the topic have been read as the slowest of them has.
    """

    def __init__(self):
        self._rows = {}
        # By the last batch.
        self.latest = 0

    def add(self, sources):
        """Takes the sources of a batch, in the order that they have in each batch of the query."""
        before = self.total()
        for number, source in enumerate(sources):
            reading = (topics_of(source), number)
            self._rows[reading] = self._rows.get(reading, 0) + rows_of(source)
        self.latest = self.total() - before

    def total(self):
        """Over all topics."""
        slowest = {}
        for (topics, _), rows in self._rows.items():
            slowest[topics] = min(rows, slowest.get(topics, rows))
        return sum(slowest.values())


def topics_of(source):
    ends = source.get("endOffset")
    return tuple(sorted(ends)) if isinstance(ends, dict) else ()


def rows_of(source):
    """
    Records of a source in a batch. In a query's first batch Spark leaves startOffset out: in a topic that is older than
    its trial it was not 0, and the rows themselves count.
    """
    rows = offsets(source.get("endOffset")) - offsets(source.get("startOffset"))
    begun = source.get("startOffset") is not None
    return rows if begun else min(rows, source.get("numInputRows", rows))


def offsets(by_topic):
    """The sum over all partitions of a Kafka source; 0 if there are none, or for any other kind of source."""
    if not isinstance(by_topic, dict):
        return 0
    topics = [one for one in by_topic.values() if isinstance(one, dict)]
    return sum(sum(partitions.values()) for partitions in topics)
