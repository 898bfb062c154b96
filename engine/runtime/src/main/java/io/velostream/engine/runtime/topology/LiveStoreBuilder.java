package io.velostream.engine.runtime.topology;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Declares a {@link LiveStore} to a topology: always logged, never cached by Streams.
 *
 * @param name the store's and, with the application id before it, the changelog's name
 * @param logConfig settings of the changelog topic
 */
record LiveStoreBuilder(String name, Map<String, String> logConfig, Supplier<LiveStore> supplier)
        implements StoreBuilder<LiveStore> {

    @Override
    public StoreBuilder<LiveStore> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<LiveStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<LiveStore> withLoggingEnabled(Map<String, String> config) {
        return new LiveStoreBuilder(name, Map.copyOf(config), supplier);
    }

    @Override
    public StoreBuilder<LiveStore> withLoggingDisabled() {
        throw new UnsupportedOperationException("The changelog of store " + name + " is its durable form");
    }

    @Override
    public LiveStore build() {
        return supplier.get();
    }

    @Override
    public boolean loggingEnabled() {
        return true;
    }
}
