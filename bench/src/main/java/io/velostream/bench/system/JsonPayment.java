package io.velostream.bench.system;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** The payment as a Java programmer would declare it for Jackson. */
@JsonIgnoreProperties(ignoreUnknown = true)
final class JsonPayment {
    public long payment;

    @JsonProperty("order_id")
    public @Nullable Long orderId;

    public @Nullable String method;
    public @Nullable Double paid;
    public long ts;
}
