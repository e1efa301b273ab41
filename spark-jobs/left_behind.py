"""What a script leaves in a JVM that other trials use too: taken back where Spark can, told where it cannot."""


class LeftBehind:
    """`look` before a trial; `take_back` after it says what the next one would find, a text each."""

    def __init__(self, base):
        self._base = base
        self._context = base._jvm.org.apache.spark.SparkContext.getOrCreate()
        self._readers = {
            "it has set a checkpoint folder in its SparkContext": self._checkpoint,
            "it has added files or jars to its SparkContext": self._files,
            "it has changed the settings of its SparkContext": self._conf,
            "it has changed Hadoop's settings": self._hadoop,
            "it has changed system properties of the JVM": self._properties,
            "it has left a table, a database or a function in the catalog": self._catalog,
            "it has left a global temporary view": self._global_views,
        }

    def look(self):
        self._level = self._log_level()
        self._before = {text: read(self._readers[text]) for text in self._readers}

    def take_back(self):
        if self._context.isStopped():
            return ["it has stopped Spark past PySpark"]
        running = self._stop_queries()
        for rdd in list(self._base.sparkContext._jsc.getPersistentRDDs().values()):
            rdd.unpersist()
        if self._log_level() != self._level:
            self._context.setLogLevel(self._level)
        left = [t for t, before in self._before.items() if read(self._readers[t]) != before]
        return left + (["it has left a query that does not stop"] if running else [])

    def _stop_queries(self):
        """Those of any session; True if one goes on."""
        state = self._base._jsparkSession.sharedState()
        for query in list(state.activeStreamingQueries().values()):
            query.stop()
        return state.activeStreamingQueries().size() > 0

    def _log_level(self):
        manager = self._base._jvm.org.apache.logging.log4j.LogManager
        return manager.getRootLogger().getLevel().toString()

    def _checkpoint(self):
        return self._context.getCheckpointDir().toString()

    def _files(self):
        return self._context.listFiles().toString() + self._context.listJars().toString()

    def _conf(self):
        return self._context.conf().toDebugString()

    def _hadoop(self):
        return self._context.hadoopConfiguration().getPropsWithPrefix("").hashCode()

    def _properties(self):
        return self._base._jvm.System.getProperties().toString()

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
    """None is what this Spark does not tell, before and after."""
    try:
        return reader()
    except Exception:
        return None
