package io.velostream.bench.nexmark.event;

import java.util.List;
import java.util.SplittableRandom;

/** Random names and texts. Only characters that stand for themselves in JSON. */
final class Words {

    private static final int LETTERS = 26;
    private static final int SHORTEST = 3;

    private Words() {}

    /** One of them. */
    static String oneOf(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }

    /** A word of three to less than so many letters, now and then with the separator between them. */
    static String word(SplittableRandom random, int below, char separator) {
        char[] word = new char[SHORTEST + random.nextInt(below - SHORTEST)];
        for (int i = 0; i < word.length; i++) {
            word[i] = random.nextInt(LETTERS / 2) == 0 ? separator : letter(random);
        }
        return new String(word).strip();
    }

    /** Letters that fill an event up to about its average size, a fifth more or less. */
    static String filler(SplittableRandom random, int used, int averageSize) {
        int missing = averageSize - used;
        if (missing <= 0) {
            return "";
        }
        int fifth = missing / 5;
        char[] text = new char[missing - fifth + (fifth == 0 ? 0 : random.nextInt(2 * fifth))];
        for (int i = 0; i < text.length; i++) {
            text[i] = letter(random);
        }
        return new String(text);
    }

    private static char letter(SplittableRandom random) {
        return (char) ('a' + random.nextInt(LETTERS));
    }
}
