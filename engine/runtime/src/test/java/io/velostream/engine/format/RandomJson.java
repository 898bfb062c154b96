package io.velostream.engine.format;

import java.util.List;
import java.util.SplittableRandom;

/** Makes random JSON objects whose members partly have the given names, with white space and escapes. */
final class RandomJson {

    private final SplittableRandom random;
    private final List<String> names;

    RandomJson(SplittableRandom random, List<String> names) {
        this.random = random;
        this.names = names;
    }

    String object() {
        return space() + object(0) + space();
    }

    private String object(int depth) {
        StringBuilder text = new StringBuilder("{").append(space());
        int members = random.nextInt(0, 7);
        for (int i = 0; i < members; i++) {
            text.append(i == 0 ? "" : "," + space())
                    .append(string(random.nextInt(3) == 0 ? word() : names.get(random.nextInt(names.size()))))
                    .append(space())
                    .append(':')
                    .append(space())
                    .append(value(depth + 1))
                    .append(space());
        }
        return text.append('}').toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 9)) {
            case 0 -> "null";
            case 1 -> random.nextBoolean() ? "true" : "false";
            case 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 3 -> number();
            case 4, 5 -> string(word());
            case 6, 7 -> object(depth);
            default -> array(depth);
        };
    }

    private String array(int depth) {
        StringBuilder text = new StringBuilder("[").append(space());
        int elements = random.nextInt(0, 4);
        for (int i = 0; i < elements; i++) {
            text.append(i == 0 ? "" : ",").append(value(depth + 1)).append(space());
        }
        return text.append(']').toString();
    }

    private String number() {
        return (random.nextBoolean() ? "-" : "")
                + random.nextInt(0, 100_000)
                + "."
                + random.nextInt(0, 1_000_000)
                + (random.nextInt(4) == 0 ? "e" + random.nextInt(-9, 10) : "");
    }

    private String word() {
        int[] alphabet = "abcdefghijklmnopqrstuvwxyz0123456789 \"\\/\n\t\u0001äöü€\u2028\ud83d\ude00"
                .codePoints()
                .toArray();
        StringBuilder word = new StringBuilder();
        int length = random.nextInt(0, 20);
        for (int i = 0; i < length; i++) {
            word.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return word.toString();
    }

    private String string(String content) {
        StringBuilder text = new StringBuilder("\"");
        content.codePoints().forEach(c -> {
            boolean must = c == '"' || c == '\\' || c < ' ';
            if (must || random.nextInt(12) == 0) {
                for (char unit : Character.toChars(c)) {
                    text.append("\\u%04x".formatted((int) unit));
                }
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append('"').toString();
    }

    private String space() {
        return switch (random.nextInt(6)) {
            case 0 -> " ";
            case 1 -> "\n\t";
            default -> "";
        };
    }
}
