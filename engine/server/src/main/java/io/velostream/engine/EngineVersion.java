package io.velostream.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that was built. */
public final class EngineVersion {

    private static final String VERSION = read();

    private EngineVersion() {}

    /** Such as {@code 0.1.0}; neither quotes nor a line's end. */
    public static String current() {
        return VERSION;
    }

    private static String read() {
        Properties properties = new Properties();
        try (InputStream in = EngineVersion.class.getResourceAsStream("/velostream-version.properties")) {
            if (in == null) {
                throw new IllegalStateException("velostream-version.properties is missing from the build; build again");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("velostream-version.properties cannot be read", e);
        }
        return properties.getProperty("version", "unknown");
    }
}
