package io.velostream.operator.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapAddressTest {

    private static final Set<String> KNOWN =
            Set.of("kafka.shop.svc", "kafka", "broker.example.com", "127.0.0.1", "localhost", "node1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "kafka:9092 > kafka.shop.svc:9092",
                "node1:9092 > node1:9092",
                "broker.example.com:9093 > broker.example.com:9093",
                "127.0.0.1:1234 > 127.0.0.1:1234",
                "localhost:9092 > localhost:9092",
                "gone:9092,broker.example.com:9092 > broker.example.com:9092"
            })
    void meansTheClustersNamespaceWhereANameIsBare(String servers, String reachable) {
        assertThat(BootstrapAddress.resolvable(servers, "shop", KNOWN::contains))
                .contains(reachable);
    }

    @Test
    void findsNothingWhereNoNameIsKnown() {
        assertThat(BootstrapAddress.resolvable("gone:9092", "shop", KNOWN::contains))
                .isEmpty();
    }
}
