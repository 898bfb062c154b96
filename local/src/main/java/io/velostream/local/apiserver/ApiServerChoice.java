package io.velostream.local.apiserver;

import java.util.Locale;

/** Which API server a local environment runs on. */
public enum ApiServerChoice {
    /** The real one when its binaries are on this machine, else the one in memory. */
    AUTO,
    /** The real kube-apiserver, or an error. */
    REAL,
    /** The one in memory, even where the real one could run. */
    MEMORY;

    /** The environment variable that overrides a choice: {@code memory}, {@code real} or {@code auto}. */
    public static final String ENVIRONMENT_VARIABLE = "VELO_LOCAL_APISERVER";

    /**
     * What the environment variable asks for; {@link #AUTO} when it is not set.
     *
     * @throws LocalApiServerException when it holds something else
     */
    public static ApiServerChoice fromEnvironment() {
        String value = System.getenv(ENVIRONMENT_VARIABLE);
        return value == null || value.isBlank() ? AUTO : parse(value);
    }

    static ApiServerChoice parse(String value) {
        return switch (value.trim().toLowerCase(Locale.ROOT)) {
            case "auto" -> AUTO;
            case "real" -> REAL;
            case "memory" -> MEMORY;
            default ->
                throw new LocalApiServerException(
                        ENVIRONMENT_VARIABLE + " is '" + value + "'; allowed are memory, real and auto");
        };
    }
}
