package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Performs a probe's or a hook's action once against a container. */
final class ProbeCheck {
    /** How an action went; the message says what was asked and answered. */
    record Result(boolean success, String message) {}

    /** Runs a program in a container's surroundings. */
    interface Exec {
        Result run(List<String> command, Duration timeout) throws InterruptedException;
    }

    private static final HttpClient HTTP = client();
    private final Container container;
    private final String podIp;
    private final Exec exec;

    ProbeCheck(Container container, String podIp, Exec exec) {
        this.container = container;
        this.podIp = podIp;
        this.exec = exec;
    }

    Result run(Probe probe) throws InterruptedException {
        Duration timeout = Duration.ofSeconds(
                Math.max(1, Optional.ofNullable(probe.getTimeoutSeconds()).orElse(1)));
        if (probe.getHttpGet() != null) {
            return http(probe.getHttpGet(), timeout);
        }
        if (probe.getTcpSocket() != null) {
            return tcp(probe.getTcpSocket().getHost(), probe.getTcpSocket().getPort(), timeout);
        }
        if (probe.getExec() != null) {
            return exec(probe.getExec(), timeout);
        }
        return new Result(false, "this node probes by httpGet, tcpSocket and exec, not by gRPC");
    }

    Result http(HTTPGetAction get, Duration timeout) throws InterruptedException {
        Optional<Integer> port = port(get.getPort());
        if (port.isEmpty()) {
            return new Result(
                    false, "no container port is named " + get.getPort().getStrVal());
        }
        String scheme = Optional.ofNullable(get.getScheme()).orElse("HTTP").toLowerCase(Locale.ROOT);
        String host =
                Optional.ofNullable(get.getHost()).filter(h -> !h.isEmpty()).orElse(podIp);
        String path = Optional.ofNullable(get.getPath()).orElse("/");
        URI uri = URI.create(scheme + "://" + host + ":" + port.get() + (path.startsWith("/") ? path : "/" + path));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("User-Agent", "kube-probe/local")
                .header("Accept", "*/*");
        Optional.ofNullable(get.getHttpHeaders())
                .orElse(List.of())
                .forEach(header -> request.setHeader(header.getName(), header.getValue()));
        try {
            int status = HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return new Result(status >= 200 && status < 400, "HTTP probe of " + uri + ": statuscode: " + status);
        } catch (IOException e) {
            return new Result(false, "HTTP probe of " + uri + ": " + e);
        }
    }

    private Result tcp(@Nullable String givenHost, IntOrString givenPort, Duration timeout) {
        Optional<Integer> port = port(givenPort);
        if (port.isEmpty()) {
            return new Result(false, "no container port is named " + givenPort.getStrVal());
        }
        String host = givenHost == null || givenHost.isEmpty() ? podIp : givenHost;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port.get()), Math.toIntExact(timeout.toMillis()));
            return new Result(true, "TCP probe of " + host + ":" + port.get() + ": open");
        } catch (IOException e) {
            return new Result(false, "TCP probe of " + host + ":" + port.get() + ": " + e);
        }
    }

    Result exec(ExecAction action, Duration timeout) throws InterruptedException {
        List<String> command = Optional.ofNullable(action.getCommand()).orElse(List.of());
        return command.isEmpty() ? new Result(false, "exec probe without a command") : exec.run(command, timeout);
    }

    private Optional<Integer> port(IntOrString port) {
        if (port.getIntVal() != null) {
            return Optional.of(port.getIntVal());
        }
        String name = port.getStrVal();
        return Optional.ofNullable(container.getPorts()).orElse(List.of()).stream()
                .filter(candidate -> name.equals(candidate.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .or(() -> name.chars().allMatch(Character::isDigit)
                        ? Optional.of(Integer.valueOf(name))
                        : Optional.empty());
    }

    /** As the kubelet does, it accepts any certificate: a probe asks whether the process lives, not who it is. */
    private static HttpClient client() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(5))
                    .sslContext(context)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no TLS", e);
        }
    }
}
