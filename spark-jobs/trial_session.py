"""The session of one trial in a driver that other trials use too."""

from pyspark.sql import SparkSession


class TrialSession:
    """
    A new session with the trial's settings, which the job's own `getOrCreate()` gets. `refused` has, by key, what
    Spark said of a setting that it would not change in a running driver. Leaving it stops its queries, unless it `is_held`.
    """

    def __init__(self, base, conf, secrets):
        self._base = base
        self._session = base.newSession()
        self.refused = {}
        self.is_held = False
        for key, value in conf.items():
            try:
                self._session._jsparkSession.conf().set(key, secrets.resolved(value))
            except Exception as error:
                self.refused[key] = secrets.mask(first_line(error))

    def __enter__(self):
        self.lead()
        return self

    def __exit__(self, *_error):
        if is_stopped(self._base):
            return
        if not self.is_held:
            for query in self._session.streams.active:
                query.stop()
            self._session.catalog.clearCache()
        self._lead(self._base)

    def lead(self):
        """Makes it the session of whoever asks, and of the thread that calls this."""
        self._lead(self._session)

    def _lead(self, session):
        SparkSession._instantiatedSession = session
        SparkSession._activeSession = session
        java = java_sessions(self._base._jvm)
        java.setDefaultSession(session._jsparkSession)
        java.setActiveSession(session._jsparkSession)


def is_stopped(spark):
    """Whether a script has stopped Spark past PySpark: then nothing more can run in this JVM."""
    return spark.sparkContext._jsc.sc().isStopped()


def java_sessions(jvm):
    """Spark 4 has two kinds of sessions, of which Python's is the classic one."""
    if hasattr(SparkSession, "_get_j_spark_session_class"):
        return SparkSession._get_j_spark_session_class(jvm)
    return jvm.SparkSession


def first_line(error):
    java = getattr(error, "java_exception", None)
    text = str(error) if java is None else str(java.getMessage())
    return text.strip().split("\n")[0][:300]
