package io.velostream.local.kafka;

import org.jspecify.annotations.Nullable;

/** The local broker could not do what was asked; the message says which broker, why and what to look at. */
public final class LocalKafkaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LocalKafkaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
