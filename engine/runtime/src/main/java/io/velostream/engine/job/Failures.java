package io.velostream.engine.job;

/** Makes a sentence of a failure: the root cause's message, short, without a stack. */
final class Failures {

    private static final int LONGEST = 500;

    private Failures() {}

    static String sentence(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String text = message.lines().findFirst().orElse(message);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
