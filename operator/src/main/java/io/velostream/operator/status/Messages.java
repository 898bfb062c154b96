package io.velostream.operator.status;

import java.util.Locale;

/** Texts for people, short enough for a condition or an event. */
public final class Messages {

    /** Bytes would be counted by etcd, characters by people; a thousand characters leave room for either. */
    private static final int LONGEST = 1000;

    private Messages() {}

    /** The text, cut where it would be too long for a status field. */
    public static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /** {@code 1 pod}, {@code 3 pods}. */
    public static String count(int number, String noun) {
        return String.format(Locale.ROOT, "%d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
