package io.velostream.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the fields that a member's name means: those of exactly that name, and unquoted ones of that name in another
 * case. Names met before are found without garbage; so many of them are remembered that it takes a topic with
 * generated names to go beyond.
 */
final class FieldNames {

    private static final int BUCKETS = 1024;
    private static final int MOST = BUCKETS / 2;

    private final Map<String, List<FieldDecoder>> exact = new HashMap<>();
    private final Map<String, List<FieldDecoder>> folded = new HashMap<>();
    private final byte[][] names = new byte[BUCKETS][];
    private final Target[] targets = new Target[BUCKETS];
    private final int longest;
    private int remembered;

    FieldNames(List<FieldDecoder> fields) {
        int bytes = 0;
        for (FieldDecoder field : fields) {
            exact.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field);
            if (!field.quoted()) {
                folded.computeIfAbsent(fold(field.name()), name -> new ArrayList<>())
                        .add(field);
            }
            // In UTF-8 a character takes up to three bytes, and in another case it may be another character.
            bytes = Math.max(bytes, field.name().length() * 6);
        }
        longest = bytes;
    }

    /** What a member of this name means. */
    Target find(byte[] text, int from, int to) {
        if (to - from > longest) {
            return Target.SKIP;
        }
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + text[i];
        }
        int bucket = (hash ^ hash >>> 16) & BUCKETS - 1;
        while (targets[bucket] != null) {
            byte[] name = names[bucket];
            if (Arrays.equals(name, 0, name.length, text, from, to)) {
                return targets[bucket];
            }
            bucket = bucket + 1 & BUCKETS - 1;
        }
        Target target = resolve(new String(text, from, to - from, StandardCharsets.UTF_8));
        if (remembered < MOST) {
            names[bucket] = Arrays.copyOfRange(text, from, to);
            targets[bucket] = target;
            remembered++;
        }
        return target;
    }

    private Target resolve(String name) {
        List<FieldDecoder> same = exact.getOrDefault(name, List.of());
        List<FieldDecoder> others = folded.getOrDefault(fold(name), List.of()).stream()
                .filter(field -> !same.contains(field))
                .toList();
        return Target.of(same, others);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
