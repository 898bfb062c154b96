package io.velostream.operator.kafka;

/** Kafka did not answer or refused; the same call may succeed later. */
public final class KafkaUnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KafkaUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
