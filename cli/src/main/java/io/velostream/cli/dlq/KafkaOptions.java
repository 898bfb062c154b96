package io.velostream.cli.dlq;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How Kafka is reached. */
final class KafkaOptions {

    @Option(
            names = {"--bootstrap-servers", "--bootstrap"},
            paramLabel = "HOST:PORT",
            required = true,
            description = "The brokers, several joined by commas.")
    String bootstrapServers = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file with options of Kafka clients, such as security.protocol and sasl.…")
    @Nullable Path config;

    /** Options of any client. */
    Map<String, Object> clients() throws IOException {
        Map<String, Object> options = new HashMap<>();
        if (config != null) {
            if (!Files.isRegularFile(config)) {
                throw new IOException("There is no file " + config + ".");
            }
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(config, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            properties.stringPropertyNames().forEach(name -> options.put(name, properties.getProperty(name)));
        }
        options.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return options;
    }
}
