package io.velostream.bench.broker;

import io.velostream.local.kafka.LocalKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The broker's process. Argument: the data directory. Prints the bootstrap address when it serves; then answers each topic name
 * on standard input with the bytes that consumers have fetched from that topic so far; ends with its standard input.
 *
 * <p>The fetched bytes tell how far any consumer is, whatever its engine, without asking that engine.
 */
public final class BrokerMain {
    private BrokerMain() {}

    /** Runs the broker until standard input ends. */
    public static void main(String[] arguments) throws IOException, JMException {
        try (LocalKafka kafka = LocalKafka.builder()
                        .dataDirectory(Path.of(arguments[0]))
                        .property("log.retention.ms", "-1")
                        .property("log.segment.delete.delay.ms", "1000")
                        .property("socket.send.buffer.bytes", "1048576")
                        .property("socket.receive.buffer.bytes", "1048576")
                        .property("transaction.max.timeout.ms", "900000")
                        .start();
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(kafka.bootstrapServers());
            for (String topic = commands.readLine(); topic != null; topic = commands.readLine()) {
                System.out.println(bytesOut(topic));
            }
        }
        System.exit(0);
    }

    private static long bytesOut(String topic) throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName name = new ObjectName("kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,topic=" + topic);
            return (Long) beans.getAttribute(name, "Count");
        } catch (InstanceNotFoundException e) {
            return 0;
        }
    }
}
