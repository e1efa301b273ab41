"""How near to their data the tasks of a query ran."""


def locality_of(context):
    """
    Tasks by level, such as PROCESS_LOCAL, over the stages that Spark still keeps for its UI, whether that is on or not.
    None in local mode, where there is one place only, and if Spark does not tell.
    """
    if context.master == "local" or context.master.startswith("local["):
        return None
    try:
        store = context._jsc.sc().statusStore()
        jvm = context._jvm
        quantiles = context._gateway.new_array(jvm.double, 0)
        none = jvm.java.util.ArrayList()
        stages = store.stageList(none, False, False, quantiles, none)
        tasks = {}
        for index in range(stages.size()):
            stage = stages.apply(index)
            levels = store.localitySummary(stage.stageId(), stage.attemptId())
            for level, count in pairs(levels.mkString(",")):
                tasks[level] = tasks.get(level, 0) + count
        return tasks or None
    except Exception:
        return None


def pairs(text):
    """Of a Scala map from texts to numbers, as it prints itself."""
    for pair in filter(None, text.split(",")):
        level, _, count = pair.partition(" -> ")
        yield level, int(count)
