package io.velostream.operator.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A door of its own to the API server, byte for byte, that can be shut: connections break, and new ones are not served. */
final class ApiServerGate implements AutoCloseable {

    private final ServerSocket door;
    private final URI server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;

    private ApiServerGate(ServerSocket door, URI server) {
        this.door = door;
        this.server = server;
    }

    /** @param server the API server, such as {@code https://127.0.0.1:34567/} */
    static ApiServerGate before(URI server) throws IOException {
        ApiServerGate gate = new ApiServerGate(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        Thread.ofVirtual().start(gate::serve);
        return gate;
    }

    /** A kubeconfig that leads through the gate. */
    Path kubeconfig(Path original, Path copy) throws IOException {
        String text = Files.readString(original);
        String through =
                text.replaceAll("(https://[^:/\\s]+):" + server.getPort() + "\\b", "$1:" + door.getLocalPort());
        if (through.equals(text)) {
            throw new IllegalStateException("the kubeconfig does not name port " + server.getPort());
        }
        return Files.writeString(copy, through);
    }

    /** Breaks every connection and lets nobody through. */
    void shut() {
        open = false;
        connections.forEach(ApiServerGate::quietly);
    }

    /** Lets everybody through again. */
    void open() {
        open = true;
    }

    @Override
    public void close() {
        quietly(door);
        shut();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (open) {
                    Socket upstream = new Socket(server.getHost(), server.getPort());
                    connections.add(client);
                    connections.add(upstream);
                    Thread.ofVirtual().start(() -> copy(client, upstream));
                    Thread.ofVirtual().start(() -> copy(upstream, client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // One end is gone, so the other goes too.
        } finally {
            quietly(from);
            quietly(to);
            connections.remove(from);
            connections.remove(to);
        }
    }

    private static void quietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
