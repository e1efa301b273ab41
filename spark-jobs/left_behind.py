"""What a script leaves in a JVM that other trials use too: taken back where Spark can, told where it cannot."""

STOPPED = "it has stopped Spark past PySpark"


class LeftBehind:
    """
    `look` before a trial, or several that take turns; `found` and `take_back` say what another one would find, a text
    each.
    """

    def __init__(self, base):
        self._base = base
        self._context = base._jvm.org.apache.spark.SparkContext.getOrCreate()
        self._readers = {
            "it has set a checkpoint folder in its SparkContext": self._checkpoint,
            "it has added files or jars to its SparkContext": self._files,
            "it has changed the settings of its SparkContext": self._conf,
            "it has changed system properties of Spark": self._properties,
            "it has left a table, a database or a function in the catalog": self._catalog,
            "it has left a global temporary view": self._global_views,
        }

    def look(self):
        self._level = self._log_level()
        self._before = {text: read(self._readers[text]) for text in self._readers}
        self._hadoop = self._hadoop_settings()

    def take_back(self):
        """Of the last trial, once it has ended."""
        if self._context.isStopped():
            return [STOPPED]
        left = self.take_back_own(set())
        if self._log_level() != self._level:
            self._context.setLogLevel(self._level)
        return left

    def take_back_own(self, held):
        """The same while the queries of other trials are held, which have nothing cached."""
        if self._context.isStopped():
            return [STOPPED]
        running = self._stop_queries(held)
        for rdd in list(self._base.sparkContext._jsc.getPersistentRDDs().values()):
            rdd.unpersist()
        return self.found() + (["it has left a query that does not stop"] if running else [])

    def found(self):
        left = [self._compared(text, before) for text, before in self._before.items()]
        left = [text for text in left if text is not None]
        if self._has_changed_hadoop():
            left.append("it has changed Hadoop's settings")
        return left

    def cached(self):
        """What another trial that asks for the same would be answered with, laid out by other settings perhaps."""
        has_cached = read(self._has_cached)
        if has_cached is None:
            return ["Spark does not say whether it keeps data cached"]
        return ["it keeps data cached"] if has_cached else []

    def _has_cached(self):
        state = self._base._jsparkSession.sharedState()
        has_rdds = not self._base.sparkContext._jsc.getPersistentRDDs().isEmpty()
        return has_rdds or not state.cacheManager().isEmpty()

    def queries(self):
        """Those of any session, by their ids."""
        return set(self._queries())

    def _queries(self):
        active = self._base._jsparkSession.sharedState().activeStreamingQueries()
        return {query.id().toString(): query for query in list(active.values())}

    def _compared(self, text, before):
        now = read(self._readers[text])
        if now is None:
            return f"Spark does not say whether {text}"
        return None if now == before else text

    def _stop_queries(self, held):
        """Those of any session, but for these; True if one goes on."""
        for name, query in self._queries().items():
            if name not in held:
                query.stop()
        return len(self.queries() - held) > 0

    def _log_level(self):
        manager = self._base._jvm.org.apache.logging.log4j.LogManager
        return manager.getRootLogger().getLevel().toString()

    def _checkpoint(self):
        return self._context.getCheckpointDir().toString()

    def _files(self):
        return self._context.listFiles().toString() + self._context.listJars().toString()

    def _conf(self):
        return self._context.conf().toDebugString()

    def _hadoop_settings(self):
        settings = self._context.hadoopConfiguration().getPropsWithPrefix("")
        return self._base._jvm.java.util.HashMap(settings)

    def _has_changed_hadoop(self):
        """Classes of Hadoop bring more defaults when they are first used; only what was set by hand counts."""
        now = self._hadoop_settings()
        gone = self._base._jvm.java.util.HashSet(self._hadoop.keySet())
        gone.removeAll(now.keySet())
        changed = now.entrySet()
        changed.removeAll(self._hadoop.entrySet())
        names = list(now.keySet())
        source_of = self._context.hadoopConfiguration().getPropertySources
        sources = [(source_of(name) or ["by hand"])[-1] for name in names]
        return gone.size() > 0 or not all(one.endswith(".xml") for one in sources)

    def _properties(self):
        """All that a new SparkConf takes from the JVM."""
        return self._base._jvm.org.apache.spark.SparkConf().toDebugString()

    def _catalog(self):
        catalog = self._base._jsparkSession.sharedState().externalCatalog()
        names = [catalog.listDatabases()]
        for name in names[0].mkString("\n").split("\n"):
            names += [catalog.listTables(name), catalog.listFunctions(name, "*")]
        return [one.toString() for one in names]

    def _global_views(self):
        state = self._base._jsparkSession.sharedState()
        return state.globalTempViewManager().listViewNames("*").toString()


def read(reader):
    """None is what this Spark does not tell."""
    try:
        return reader()
    except Exception:
        return None
