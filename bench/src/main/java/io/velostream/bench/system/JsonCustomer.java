package io.velostream.bench.system;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** The customer as a Java programmer would declare it for Jackson. */
@JsonIgnoreProperties(ignoreUnknown = true)
final class JsonCustomer {
    public @Nullable String customer;
    public @Nullable String name;
    public @Nullable String tier;
    public @Nullable Double rate;
}
