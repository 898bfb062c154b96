package io.velostream.operator.engine;

/** The bearer token of a cluster's admin API. It never shows in a message or a log line. */
public record AdminToken(String value) {

    @Override
    public String toString() {
        return "AdminToken[redacted]";
    }
}
