package io.velostream.local.kafka;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a {@link LocalKafka} as a process of its own: {@code LocalKafkaMain PORT DIRECTORY [key=value…]}. Port 0 takes a free one.
 * Prints one line, the bootstrap address, when the broker serves; SIGTERM stops it cleanly and keeps the directory.
 */
public final class LocalKafkaMain {
    private static final String USAGE = "usage: LocalKafkaMain PORT DIRECTORY [broker.property=value ...]";

    private LocalKafkaMain() {}

    public static void main(String[] args) throws InterruptedException {
        LocalKafka.Builder builder;
        try {
            builder = parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
            return;
        }
        LocalKafka kafka;
        try {
            kafka = builder.start();
        } catch (LocalKafkaException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            kafka.close();
                            stopped.countDown();
                        },
                        "local-kafka-shutdown"));
        System.out.println(kafka.bootstrapServers());
        stopped.await();
    }

    private static LocalKafka.Builder parse(String[] args) {
        if (args.length < 2) {
            throw new IllegalArgumentException("A port and a directory are needed");
        }
        LocalKafka.Builder builder = LocalKafka.builder().dataDirectory(Path.of(args[1]));
        try {
            builder.port(Integer.parseInt(args[0]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The port is a number, not '" + args[0] + "'", e);
        }
        for (int i = 2; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("A broker property is key=value, not '" + args[i] + "'");
            }
            builder.property(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        return builder;
    }
}
