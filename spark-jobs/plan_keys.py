"""Finds the columns that identify a row of a query's output: those that an aggregation groups by."""

from collections import namedtuple

# What may stand above an aggregation without adding rows, or leaving out some of one batch and not of the next.
KEEPS_ROWS = ("Project", "SubqueryAlias", "Sort")
Grouping = namedtuple("Grouping", ["names", "in_output"])


def grouping_of(frame):
    """
    The columns that the output's aggregation groups by: their names, and whether all of them are columns of the output.
    None if another node of the plan could change its rows, or if there is no aggregation.
    """
    root = node = frame._jdf.queryExecution().analyzed()
    above = []
    while class_of(node) in KEEPS_ROWS:
        above.append(node)
        node = node.children().apply(0)
    if class_of(node) != "Aggregate":
        return None
    named = [one for one in items(node.aggregateExpressions()) if not is_aggregate(one)]
    keys = {}
    for grouping in items(node.groupingExpressions()):
        found = [one for one in named if unaliased(one).semanticEquals(unaliased(grouping))]
        if not found:
            return None
        keys[found[0].exprId().id()] = found[0].name()
    for one in reversed(above):
        if class_of(one) == "Project":
            renamed(keys, one)
    columns = {one.exprId().id() for one in items(root.output())}
    return Grouping(list(keys.values()), columns.issuperset(keys))


def is_stateful(frame):
    """Whether rows of the output can wait for a watermark."""
    return "stateful" in states_of(frame._jdf.queryExecution().analyzed())


def states_of(node):
    found = {"stateful"} if class_of(node) in STATEFUL else set()
    for child in items(node.children()):
        found |= states_of(child)
    if class_of(node) == "Join" and all(
        child.isStreaming() for child in items(node.children())
    ):
        found.add("stateful")
    return found


STATEFUL = (
    "Aggregate",
    "Deduplicate",
    "DeduplicateWithinWatermark",
    "Distinct",
    "FlatMapGroupsWithState",
    "FlatMapGroupsInPandasWithState",
    "TransformWithState",
    "TransformWithStateInPandas",
    "TransformWithStateInPySpark",
)


def renamed(keys, project):
    """Follows each key through a projection that gives it another name."""
    for one in items(project.projectList()):
        child = unaliased(one)
        if class_of(child) == "AttributeReference" and child.exprId().id() in keys:
            del keys[child.exprId().id()]
            keys[one.exprId().id()] = one.name()


def is_aggregate(expression):
    if class_of(expression) == "AggregateExpression":
        return True
    return any(is_aggregate(child) for child in items(expression.children()))


def unaliased(expression):
    return expression.child() if class_of(expression) == "Alias" else expression


def class_of(node):
    return node.getClass().getSimpleName()


def items(sequence):
    return [sequence.apply(index) for index in range(sequence.size())]
