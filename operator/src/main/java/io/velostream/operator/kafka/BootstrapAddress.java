package io.velostream.operator.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Kafka's address as the operator reaches it. A cluster names it as its pods do, so a bare Service name ({@code kafka:9092})
 * means the Service of the cluster's namespace and not of the operator's.
 */
final class BootstrapAddress {

    private BootstrapAddress() {}

    /** Those of the servers that can be resolved, by what names they can be; empty where none can be. */
    static Optional<String> resolvable(String servers, String namespace) {
        return resolvable(servers, namespace, BootstrapAddress::resolves);
    }

    static Optional<String> resolvable(String servers, String namespace, Predicate<String> resolves) {
        String reachable = Arrays.stream(servers.split(","))
                .flatMap(server -> {
                    int colon = server.lastIndexOf(':');
                    String host = server.substring(0, Math.max(0, colon));
                    String port = server.substring(Math.max(0, colon));
                    return candidate(host, namespace, resolves).map(found -> found + port).stream();
                })
                .collect(Collectors.joining(","));
        return reachable.isEmpty() ? Optional.empty() : Optional.of(reachable);
    }

    private static Optional<String> candidate(String host, String namespace, Predicate<String> resolves) {
        String inNamespace = host + "." + namespace + ".svc";
        boolean bare = !host.contains(".") && !host.contains(":") && !host.equals("localhost");
        if (bare && resolves.test(inNamespace)) {
            return Optional.of(inNamespace);
        }
        return resolves.test(host) ? Optional.of(host) : Optional.empty();
    }

    private static boolean resolves(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
