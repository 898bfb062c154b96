package io.velostream.bench.system;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The process of a system under test. Arguments: the system's name, then the {@link Assignment}. It runs until its standard
 * input ends or it is asked to end, and exits with 3 when the query stops by itself.
 */
public final class EngineMain {
    private static final int QUERY_FAILED = 3;

    private EngineMain() {}

    /** Runs the query. */
    public static void main(String[] arguments) {
        SystemUnderTest system = SystemUnderTest.find(arguments[0]).orElseThrow();
        AtomicBoolean ending = new AtomicBoolean();
        Engine.FailureListener onFailure = cause -> {
            if (!ending.get()) {
                System.err.println("The query stopped by itself:");
                cause.printStackTrace();
                Runtime.getRuntime().halt(QUERY_FAILED);
            }
        };
        try {
            AutoCloseable query = system.engine().start(Assignment.from(arguments, 1), onFailure);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(query, ending), "end"));
            awaitEndOfInput();
        } catch (Throwable e) {
            onFailure.failed(e);
        }
        System.exit(0);
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // What the parent writes has no meaning here; only the end of the pipe has.
        }
    }

    private static void end(AutoCloseable query, AtomicBoolean ending) {
        ending.set(true);
        try {
            query.close();
        } catch (Exception e) {
            System.err.println("The query did not end cleanly:");
            e.printStackTrace();
        }
    }
}
