package io.velostream.local.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback addresses for pods: one block 127.1.x.0/24 a node, so that every pod keeps its container ports on an address of its
 * own. A block is reserved by a listening socket on its first address, which the system releases when the process is gone; so
 * nodes in several processes on one machine never share a block.
 */
final class PodAddresses implements AutoCloseable {
    private static final int RESERVATION_PORT = 10250;
    private static final int FIRST = 2;
    private static final int LAST = 254;

    private final ServerSocket reservation;
    private final int block;
    private final BitSet used = new BitSet();
    private int next = FIRST;

    private PodAddresses(ServerSocket reservation, int block) {
        this.reservation = reservation;
        this.block = block;
    }

    /** Takes a free block. */
    static PodAddresses reserve() {
        int start = ThreadLocalRandom.current().nextInt(256);
        for (int i = 0; i < 256; i++) {
            int block = (start + i) % 256;
            try {
                ServerSocket socket = new ServerSocket();
                try {
                    socket.bind(new InetSocketAddress(address(block, 1), RESERVATION_PORT));
                    return new PodAddresses(socket, block);
                } catch (IOException taken) {
                    socket.close();
                }
            } catch (IOException e) {
                throw new IllegalStateException("Cannot open a socket on the loopback interface", e);
            }
        }
        throw new IllegalStateException(
                "All blocks of 127.1.0.0/16 are taken: are there 256 nodes, or does this system lack 127.0.0.0/8 (then add"
                        + " aliases to its loopback interface)?");
    }

    /** The address of the node itself. */
    String node() {
        return address(block, 1).getHostAddress();
    }

    /** The first three numbers, as a CIDR. */
    String range() {
        return "127.1." + block + ".0/24";
    }

    /** An address that no other pod has; a released one comes back as late as possible. */
    synchronized String take() {
        for (int i = FIRST; i <= LAST; i++) {
            int candidate = next;
            next = next == LAST ? FIRST : next + 1;
            if (!used.get(candidate)) {
                used.set(candidate);
                return address(block, candidate).getHostAddress();
            }
        }
        throw new IllegalStateException(
                "All " + (LAST - FIRST + 1) + " addresses of " + range() + " are in use by pods");
    }

    synchronized void release(String ip) {
        used.clear(Integer.parseInt(ip.substring(ip.lastIndexOf('.') + 1)));
    }

    private static InetAddress address(int block, int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 1, (byte) block, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        reservation.close();
    }
}
