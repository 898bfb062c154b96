package io.velostream.cli.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the lines of files into topics, one record a line. */
final class LineFeed implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, String> inputs;

    /**
     * @param inputs file by topic; {@code -} is standard input
     */
    LineFeed(String bootstrapServers, Map<String, String> inputs) throws IOException {
        for (String file : inputs.values()) {
            if (!"-".equals(file) && !Files.isRegularFile(Path.of(file))) {
                throw new IOException("There is no file " + file + " to read input from.");
            }
        }
        this.inputs = Map.copyOf(inputs);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    void start() {
        inputs.forEach((topic, file) ->
                Thread.ofPlatform().name("input-" + topic).daemon().start(() -> send(topic, file)));
    }

    private void send(String topic, String file) {
        try (BufferedReader lines = "-".equals(file)
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    producer.send(new ProducerRecord<>(topic, line.getBytes(StandardCharsets.UTF_8)));
                }
            }
            producer.flush();
        } catch (IOException e) {
            System.err.println("velo: the input " + file + " of " + topic + " could not be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
