package io.velostream.engine.sql.fuzz;

import java.util.Random;

/** Changes texts by pieces, as typing mistakes and broken tools do. */
final class Mutations {

    private static final String ALPHABET = "'\"`;()[]<>,.$&{}*-/+%=~!|:?@#\\\n\t \u0000\u00e9\u20ac\ud83d\ude00aZ09_";

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    String mutate(String text, String other) {
        StringBuilder result = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0 && !result.isEmpty(); i--) {
            int from = random.nextInt(result.length());
            int to = Math.min(result.length(), from + 1 + random.nextInt(12));
            switch (random.nextInt(7)) {
                case 0 -> result.setCharAt(from, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 1 -> result.insert(from, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 2 -> result.delete(from, to);
                case 3 -> result.insert(from, result.substring(from, to));
                case 4 -> {
                    if (!other.isEmpty()) {
                        int start = random.nextInt(other.length());
                        result.insert(from, other, start, Math.min(other.length(), start + 40));
                    }
                }
                case 5 -> result.setLength(from);
                default -> result.replace(from, to, result.substring(from, to).toUpperCase(java.util.Locale.ROOT));
            }
        }
        return result.toString();
    }
}
