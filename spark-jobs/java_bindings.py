"""The objects that a JVM keeps for its Pythons."""

from py4j.finalizer import ThreadSafeFinalizer
from py4j.java_gateway import JavaObject


class JavaBindings:
    """Those there are now. A Python that has ended takes back none of its own."""

    def __init__(self, base):
        gateway = base.sparkContext._gateway
        self._client = gateway._gateway_client
        server = JavaObject("GATEWAY_SERVER", self._client)
        self._all = server.getGateway().getBindings().keySet()
        self._known = base._jvm.java.util.HashSet(self._all)

    def forget_others(self):
        """Keeps what this Python has got since then: the sessions of trials, for example."""
        for name in own_objects(self._client):
            self._known.add(name)
        self._all.retainAll(self._known)


def own_objects(client):
    """The names of the JVM's objects that this Python refers to."""
    place = f"{client.address}{client.port}"
    names = list(ThreadSafeFinalizer.finalizers)
    return [name[len(place) :] for name in names if name.startswith(place)]
