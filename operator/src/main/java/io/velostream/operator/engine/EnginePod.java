package io.velostream.operator.engine;

/**
 * One pod to talk to.
 *
 * @param namespace of the pod
 * @param name of the pod, such as {@code primary-0}
 * @param address its IP from {@code status.podIP}
 * @param port of the admin API
 * @param token for everything under {@code /admin}
 */
public record EnginePod(String namespace, String name, String address, int port, AdminToken token) {

    /** {@code host:port}, with brackets around an IPv6 address. */
    public String authority() {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }
}
