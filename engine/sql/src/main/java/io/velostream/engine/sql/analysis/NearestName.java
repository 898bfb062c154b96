package io.velostream.engine.sql.analysis;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant, by the Damerau–Levenshtein distance (optimal string alignment). */
public final class NearestName {

    private static final int LONGEST = 64;

    private NearestName() {}

    /** The nearest of the known names, if one is near enough to be worth a mention. */
    public static Optional<String> of(String name, Collection<String> known) {
        String wanted = name.toLowerCase(Locale.ROOT);
        if (wanted.length() > LONGEST) {
            return Optional.empty();
        }
        int farthest = Math.max(1, (wanted.length() + 1) / 3);
        String best = null;
        int bestDistance = farthest + 1;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - wanted.length()) > farthest) {
                continue;
            }
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code ; did you mean `x`?}, or nothing. */
    public static String suggestion(String name, Collection<String> known) {
        return of(name, known).map(near -> "; did you mean `" + near + "`?").orElse("");
    }

    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(current[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, beforeLast[j - 2] + 1);
                }
                current[j] = best;
            }
            int[] swap = beforeLast;
            beforeLast = last;
            last = current;
            current = swap;
        }
        return last[b.length()];
    }
}
