package io.velostream.bench.system;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** The order as a Java programmer would declare it for Jackson. */
@JsonIgnoreProperties(ignoreUnknown = true)
final class JsonOrder {
    public long id;
    public @Nullable String customer;
    public @Nullable String merchant;
    public @Nullable String product;
    public @Nullable Double amount;
    public @Nullable Long quantity;
    public long score;
    public long ts;
}
