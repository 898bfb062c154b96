package io.velostream.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads moments by a strftime pattern, such as {@code %Y-%m-%d %H:%M:%S%.3f}. Known: {@code %Y %y %m %d %e %j %H %I %p
 * %M %S %f %3f %6f %9f %.f %.3f %.6f %.9f %b %B %a %A %z %:z %Z %s %T %R %F %D %%}. What the pattern leaves out is the start
 * of the epoch's day; without an offset the text is in UTC.
 */
public final class TimePattern {

    private static final String[] MONTHS = {
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december"
    };
    private static final String[] WEEKDAYS = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    };

    private final List<Item> items;

    /** One step of the pattern. */
    private sealed interface Item {
        record Text(byte value) implements Item {}

        record Space() implements Item {}

        record Field(char letter, int digits) implements Item {}

        record Fraction(boolean point) implements Item {}
    }

    /** The parts found so far. */
    private static final class Parts {
        int year = 1970;
        int month = 1;
        int day = 1;
        int dayOfYear;
        int hour;
        int minute;
        int second;
        int millis;
        int half = -1;
        long offset;
        long epochSeconds = IsoTime.INVALID;
    }

    /**
     * @throws IllegalArgumentException when the pattern has a letter that is not known
     */
    public TimePattern(String pattern) {
        items = compile(pattern);
    }

    private static List<Item> compile(String pattern) {
        List<Item> items = new ArrayList<>();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i++);
            if (c != '%') {
                if (Character.isWhitespace(c)) {
                    items.add(new Item.Space());
                } else {
                    for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                        items.add(new Item.Text(b));
                    }
                }
                continue;
            }
            boolean point = i < pattern.length() && pattern.charAt(i) == '.';
            int from = i;
            while (i < pattern.length()
                    && (".:-".indexOf(pattern.charAt(i)) >= 0 || Character.isDigit(pattern.charAt(i)))) {
                i++;
            }
            if (i == pattern.length()) {
                throw new IllegalArgumentException("The time pattern '" + pattern + "' ends within a field.");
            }
            add(items, pattern, point, pattern.substring(from, i), pattern.charAt(i++));
        }
        return items;
    }

    private static void add(List<Item> items, String pattern, boolean point, String flags, char letter) {
        switch (letter) {
            case 'f' -> items.add(new Item.Fraction(point));
            case 'Y' -> items.add(new Item.Field(letter, 4));
            case 'j' -> items.add(new Item.Field(letter, 3));
            case 'y', 'm', 'd', 'e', 'H', 'I', 'k', 'l', 'M', 'S' -> items.add(new Item.Field(letter, 2));
            case 'p', 'P', 'b', 'B', 'h', 'a', 'A', 'z', 'Z', 's' -> items.add(new Item.Field(letter, 0));
            case 'T' -> items.addAll(compile("%H:%M:%S"));
            case 'R' -> items.addAll(compile("%H:%M"));
            case 'F' -> items.addAll(compile("%Y-%m-%d"));
            case 'D' -> items.addAll(compile("%m/%d/%y"));
            case '%' -> items.add(new Item.Text((byte) '%'));
            default ->
                throw new IllegalArgumentException(
                        "The time pattern '" + pattern + "' has %" + flags + letter + ", which is not known.");
        }
    }

    /** Milliseconds since the epoch, or {@link IsoTime#INVALID} for text that does not follow the pattern. */
    public long parse(byte[] text, int from, int to) {
        Parts parts = new Parts();
        int p = from;
        for (Item item : items) {
            p = switch (item) {
                case Item.Text(byte value) -> p < to && text[p] == value ? p + 1 : -1;
                case Item.Space() -> space(text, p, to);
                case Item.Fraction(boolean point) -> fraction(text, p, to, point, parts);
                case Item.Field(char letter, int digits) when digits > 0 -> number(text, p, to, letter, digits, parts);
                case Item.Field(char letter, int digits) -> word(text, p, to, letter, parts);
            };
            if (p < 0) {
                return IsoTime.INVALID;
            }
        }
        return p == to ? moment(parts) : IsoTime.INVALID;
    }

    private static int space(byte[] text, int from, int to) {
        int p = from;
        while (p < to && text[p] <= ' ' && text[p] >= 0) {
            p++;
        }
        return p;
    }

    private static int fraction(byte[] text, int from, int to, boolean point, Parts parts) {
        int p = from;
        if (point) {
            if (p >= to || text[p] != '.') {
                return p;
            }
            p++;
        }
        int unit = 100;
        int first = p;
        while (p < to && text[p] >= '0' && text[p] <= '9' && p - first < 9) {
            parts.millis += (text[p++] - '0') * unit;
            unit /= 10;
        }
        return p == first ? -1 : p;
    }

    private static int number(byte[] text, int from, int to, char letter, int digits, Parts parts) {
        int p = space(text, from, to);
        int value = 0;
        int first = p;
        while (p < to && p - first < digits && text[p] >= '0' && text[p] <= '9') {
            value = value * 10 + text[p++] - '0';
        }
        if (p == first) {
            return -1;
        }
        switch (letter) {
            case 'Y' -> parts.year = value;
            case 'y' -> parts.year = value < 69 ? 2000 + value : 1900 + value;
            case 'm' -> parts.month = value;
            case 'j' -> parts.dayOfYear = value;
            case 'd', 'e' -> parts.day = value;
            case 'M' -> parts.minute = value;
            case 'S' -> parts.second = value;
            default -> parts.hour = value;
        }
        return p;
    }

    private static int word(byte[] text, int from, int to, char letter, Parts parts) {
        return switch (letter) {
            case 'p', 'P' -> half(text, from, to, parts);
            case 'b', 'B', 'h' -> {
                int month = name(text, from, to, MONTHS);
                parts.month = month + 1;
                yield month < 0 ? -1 : from + letters(text, from, to);
            }
            case 'a', 'A' -> name(text, from, to, WEEKDAYS) < 0 ? -1 : from + letters(text, from, to);
            case 's' -> epoch(text, from, to, parts);
            default -> offset(text, from, to, parts);
        };
    }

    private static int half(byte[] text, int from, int to, Parts parts) {
        if (from + 2 > to || (text[from + 1] | 0x20) != 'm') {
            return -1;
        }
        int letter = text[from] | 0x20;
        parts.half = letter == 'p' ? 12 : 0;
        return letter == 'a' || letter == 'p' ? from + 2 : -1;
    }

    private static int letters(byte[] text, int from, int to) {
        int p = from;
        while (p < to && (text[p] | 0x20) >= 'a' && (text[p] | 0x20) <= 'z') {
            p++;
        }
        return p - from;
    }

    private static int name(byte[] text, int from, int to, String[] names) {
        int length = letters(text, from, to);
        for (int i = 0; i < names.length; i++) {
            if ((length == 3 || length == names[i].length()) && begins(text, from, length, names[i])) {
                return i;
            }
        }
        return -1;
    }

    private static boolean begins(byte[] text, int from, int length, String name) {
        for (int i = 0; i < length; i++) {
            if ((text[from + i] | 0x20) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int epoch(byte[] text, int from, int to, Parts parts) {
        int p = from;
        long value = 0;
        while (p < to && p - from < 15 && text[p] >= '0' && text[p] <= '9') {
            value = value * 10 + text[p++] - '0';
        }
        parts.epochSeconds = value;
        return p == from ? -1 : p;
    }

    private static int offset(byte[] text, int from, int to, Parts parts) {
        if (from >= to) {
            return -1;
        }
        int p = from + 1;
        if (text[from] == 'U' && from + 3 <= to && text[from + 1] == 'T' && text[from + 2] == 'C') {
            return from + 3;
        }
        while (p < to && ((text[p] >= '0' && text[p] <= '9') || text[p] == ':')) {
            p++;
        }
        long offset = IsoTime.parseOffset(text, from, p);
        parts.offset = offset;
        return offset == IsoTime.INVALID ? -1 : p;
    }

    private static long moment(Parts parts) {
        if (parts.epochSeconds != IsoTime.INVALID) {
            return parts.epochSeconds * 1000 + parts.millis;
        }
        int hour = parts.hour;
        if (parts.half >= 0) {
            if (hour < 1 || hour > 12) {
                return IsoTime.INVALID;
            }
            hour = hour % 12 + parts.half;
        }
        if (parts.month < 1
                || parts.month > 12
                || parts.day < 1
                || parts.day > IsoTime.daysOfMonth(parts.year, parts.month)
                || hour > 23
                || parts.minute > 59
                || parts.second > 60) {
            return IsoTime.INVALID;
        }
        long days = parts.dayOfYear > 0
                ? IsoTime.epochDay(parts.year, 1, 1) + parts.dayOfYear - 1
                : IsoTime.epochDay(parts.year, parts.month, parts.day);
        long time = ((hour * 60L + parts.minute) * 60 + parts.second) * 1000 + parts.millis;
        return days * 86_400_000L + time - parts.offset;
    }
}
