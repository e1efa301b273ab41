"""What a driver holds between two trials, as far as its JVM tells."""

import json
import sys
from contextlib import contextmanager

STATE_STORE = "org.apache.spark.sql.execution.streaming.state.StateStore"
KAFKA = "org.apache.spark.sql.kafka010."
# The objects of Scala that keep them, and the method that returns the pool; none where the object is the pool.
POOLS = (
    (KAFKA + "consumer.KafkaDataConsumer$", "consumerPool"),
    (KAFKA + "consumer.KafkaDataConsumer$", "fetchedDataPool"),
    (KAFKA + "producer.InternalKafkaProducerPool$", None),
)
# Of the heap; a driver that keeps half of it is replaced.
COLLECT_FROM = 0.4
KAFKA_CLIENTS = "kafka.consumer:type=app-info,*"
MANAGEMENT = "java.lang.management."


def read_figures(spark):
    """None is what could not be read."""
    jvm = spark._jvm
    factory = jvm.java.lang.management.ManagementFactory
    return {
        "heapBytes": kept_bytes(spark, factory.getMemoryPoolMXBeans),
        "maxHeapBytes": jvm.java.lang.Runtime.getRuntime().maxMemory(),
        "threads": told(
            spark, MANAGEMENT + "ThreadMXBean", factory.getThreadMXBean, "getThreadCount"
        ),
        "classes": told(
            spark,
            MANAGEMENT + "ClassLoadingMXBean",
            factory.getClassLoadingMXBean,
            "getLoadedClassCount",
        ),
        "kafkaClients": kafka_clients(spark, factory.getPlatformMBeanServer),
    }


def kept_bytes(spark, pools):
    """
    What has outlived collections of garbage. Garbage is collected for it only where that could be too much: batches are
    a quarter slower for some seconds after a full collection (docs/performance.md).
    """
    runtime = spark._jvm.java.lang.Runtime.getRuntime()
    old = old_bytes(spark, pools)
    if old is not None and old <= runtime.maxMemory() * COLLECT_FROM:
        return old
    spark._jvm.System.gc()
    return runtime.totalMemory() - runtime.freeMemory()


def old_bytes(spark, pools):
    """
    In the pools of the heap that only fill up with what survives: those for which a limit can be set. None if Java does
    not tell.
    """
    interface = MANAGEMENT + "MemoryPoolMXBean"
    try:
        heap = [one for one in pools() if is_of_heap(spark, interface, one)]
        old = [one for one in heap if call(spark, interface, one, "isUsageThresholdSupported")]
        return sum(call(spark, interface, one, "getUsage").getUsed() for one in old)
    except Exception:
        return None


def is_of_heap(spark, interface, pool):
    return call(spark, interface, pool, "getType").toString() == "Heap memory"


def told(spark, interface, bean, name):
    try:
        return call(spark, interface, bean(), name)
    except Exception:
        return None


def kafka_clients(spark, server):
    jvm = spark._jvm
    pattern = jvm.javax.management.ObjectName(KAFKA_CLIENTS)
    given = [("javax.management.ObjectName", pattern), ("javax.management.QueryExp", None)]
    try:
        interface = "javax.management.MBeanServer"
        return call(spark, interface, server(), "queryNames", given).size()
    except Exception:
        return None


def call(spark, interface, target, name, given=()):
    """Calls a method as that of an interface: the classes of Java's own management are closed to Py4J."""
    jvm, new_array = spark._jvm, spark.sparkContext._gateway.new_array
    find = jvm.java.lang.Class.forName
    kinds = new_array(jvm.java.lang.Class, len(given))
    values = new_array(jvm.java.lang.Object, len(given))
    for index, (kind, value) in enumerate(given):
        kinds[index] = find(kind)
        if value is not None:
            values[index] = value
    return find(interface).getMethod(name, kinds).invoke(target, values)


def forget_states(spark):
    """
    Unloads the state stores of the queries that have ended, and ends their maintenance. Spark does so within a minute or
    so by itself, and starts the maintenance again with the settings of the next query.
    """
    with told_if_not("unload the state stores"):
        owner = spark._jvm
        for part in STATE_STORE.split("."):
            owner = getattr(owner, part)
        owner.stop()


def forget_kafka_clients(spark):
    """
    Closes the Kafka clients and drops the records that Spark keeps for the next batch of a query that has ended: for five
    minutes (`spark.kafka.consumer.cache.timeout`) and more, in which tens of trials end. A new process has none either.
    """
    with told_if_not("close Spark's Kafka clients"):
        for name, pool in POOLS:
            reset_pool(spark, name, pool)


@contextmanager
def told_if_not(what):
    """A trial that has ended is none the worse for what cannot be taken back after it."""
    try:
        yield
    except Exception as error:
        text = json.dumps(str(error).split("\n")[0])
        print(f"streamtune could not {what}: {text}", file=sys.stderr)


def reset_pool(spark, name, pool):
    jvm, new_array = spark._jvm, spark.sparkContext._gateway.new_array
    owner = jvm.java.lang.Thread.currentThread().getContextClassLoader().loadClass(name)
    kept = owner.getField("MODULE$").get(None)
    if pool is not None:
        getter = owner.getDeclaredMethod(pool, new_array(jvm.java.lang.Class, 0))
        getter.setAccessible(True)
        kept = getter.invoke(kept, new_array(jvm.java.lang.Object, 0))
    kept.reset()
