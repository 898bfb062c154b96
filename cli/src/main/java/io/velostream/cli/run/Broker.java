package io.velostream.cli.run;

import io.velostream.local.kafka.LocalKafka;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The broker that a job runs against: the user's, or an embedded one that ends with the command. */
record Broker(String address, Optional<LocalKafka> embedded) implements AutoCloseable {

    static Broker of(Optional<String> address) {
        if (address.isPresent()) {
            return new Broker(address.get(), Optional.empty());
        }
        LocalKafka kafka = LocalKafka.builder().start();
        return new Broker(kafka.bootstrapServers(), Optional.of(kafka));
    }

    /** Creates topics of the embedded broker; a user's broker is left alone, a missing topic is reported by the job. */
    void createMissing(List<String> topics, int partitions) throws IOException, InterruptedException {
        if (embedded.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            Set<String> present = admin.listTopics().names().get();
            admin.createTopics(topics.stream()
                            .distinct()
                            .filter(topic -> !present.contains(topic))
                            .map(topic -> new NewTopic(topic, partitions, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("The topics " + topics + " could not be created: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        embedded.ifPresent(LocalKafka::close);
    }
}
