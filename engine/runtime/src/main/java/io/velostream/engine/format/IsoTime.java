package io.velostream.engine.format;

/**
 * Reads and writes moments as ISO 8601 text, in UTC unless the text has an offset. Without garbage.
 *
 * <p>Read: {@code 2023-11-14}, {@code 2023-11-14T23:00}, {@code 2023-11-14 23:00:00.123456}, with {@code Z},
 * {@code +01:00}, {@code +0100} or {@code +01} behind it. Digits beyond milliseconds are cut. Written:
 * {@code 2023-11-14 23:00:00.000}.
 */
public final class IsoTime {

    /** What {@code parse…} returns for text that is none. */
    public static final long INVALID = Long.MIN_VALUE;

    /** Bytes that a written timestamp can take. */
    public static final int MAX_TIMESTAMP = 32;

    private static final long DAY = 86_400_000L;
    private static final long MAX_YEAR = 9999;

    private IsoTime() {}

    /** Milliseconds since the epoch, or {@link #INVALID}. */
    public static long parseTimestamp(byte[] text, int from, int to) {
        long days = parseDate(text, from, Math.min(from + 10, to));
        if (days == INVALID || to - from == 10) {
            return days == INVALID ? INVALID : days * DAY;
        }
        byte separator = text[from + 10];
        if (separator != 'T' && separator != ' ' && separator != 't') {
            return INVALID;
        }
        int zone = from + 11;
        while (zone < to && ((text[zone] >= '0' && text[zone] <= '9') || text[zone] == ':' || text[zone] == '.')) {
            zone++;
        }
        long time = parseTime(text, from + 11, zone);
        long offset = zone == to ? 0 : parseOffset(text, zone, to);
        return time == INVALID || offset == INVALID ? INVALID : days * DAY + time - offset;
    }

    /** Days since the epoch, or {@link #INVALID}. */
    public static long parseDate(byte[] text, int from, int to) {
        if (to - from != 10 || text[from + 4] != '-' || text[from + 7] != '-') {
            return INVALID;
        }
        int year = digits(text, from, 4);
        int month = digits(text, from + 5, 2);
        int day = digits(text, from + 8, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) {
            return INVALID;
        }
        return epochDay(year, month, day);
    }

    /** Milliseconds of the day, or {@link #INVALID}. */
    public static long parseTime(byte[] text, int from, int to) {
        int length = to - from;
        if (length < 5 || text[from + 2] != ':') {
            return INVALID;
        }
        int hour = digits(text, from, 2);
        int minute = digits(text, from + 3, 2);
        int second = 0;
        int millis = 0;
        if (length > 5) {
            if (length < 8 || text[from + 5] != ':') {
                return INVALID;
            }
            second = digits(text, from + 6, 2);
            if (length > 8) {
                millis = fraction(text, from + 8, to);
            }
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || millis < 0) {
            return INVALID;
        }
        return ((hour * 60L + minute) * 60 + second) * 1000 + millis;
    }

    private static int fraction(byte[] text, int from, int to) {
        if (text[from] != '.' || to - from < 2 || to - from > 10) {
            return -1;
        }
        int millis = 0;
        int unit = 100;
        for (int i = from + 1; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            millis += digit * unit;
            unit /= 10;
        }
        return millis;
    }

    /** Milliseconds that a zone such as {@code +01:30} is ahead of UTC, or {@link #INVALID}. */
    public static long parseOffset(byte[] text, int from, int to) {
        int length = to - from;
        byte sign = text[from];
        if (length == 1 && (sign == 'Z' || sign == 'z')) {
            return 0;
        }
        if ((sign != '+' && sign != '-') || length < 3) {
            return INVALID;
        }
        int hours = digits(text, from + 1, 2);
        int minutes = 0;
        if (length == 5) {
            minutes = digits(text, from + 3, 2);
        } else if (length == 6 && text[from + 3] == ':') {
            minutes = digits(text, from + 4, 2);
        } else if (length != 3) {
            return INVALID;
        }
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return INVALID;
        }
        long offset = (hours * 60L + minutes) * 60_000;
        return sign == '-' ? -offset : offset;
    }

    /** The number of so many digits, or -1. */
    static int digits(byte[] text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    static int daysOfMonth(int year, int month) {
        return switch (month) {
            case 2 -> (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since the epoch of a date of the proleptic Gregorian calendar (Hinnant, "chrono-compatible dates"). */
    static long epochDay(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    /** Writes {@code yyyy-MM-dd HH:mm:ss.SSS} and returns the position after it. */
    public static int writeTimestamp(long millis, byte[] into, int at) {
        long days = Math.floorDiv(millis, DAY);
        int position = writeDate(days, into, at);
        into[position++] = ' ';
        return writeTime(millis - days * DAY, into, position);
    }

    /** Writes {@code yyyy-MM-dd} and returns the position after it. */
    public static int writeDate(long days, byte[] into, int at) {
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long shiftedMonth = (5 * dayOfYear + 2) / 153;
        int day = (int) (dayOfYear - (153 * shiftedMonth + 2) / 5 + 1);
        int month = (int) (shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9);
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        int position = writeYear(year, into, at);
        into[position++] = '-';
        position = two(month, into, position);
        into[position++] = '-';
        return two(day, into, position);
    }

    private static int writeYear(long year, byte[] into, int at) {
        int position = at;
        if (year < 0) {
            into[position++] = '-';
        } else if (year > MAX_YEAR) {
            into[position++] = '+';
        }
        long absolute = Math.abs(year);
        long unit = 1000;
        while (absolute / unit >= 10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            into[position++] = (byte) ('0' + absolute / unit % 10);
        }
        return position;
    }

    /** Writes {@code HH:mm:ss.SSS} and returns the position after it. */
    public static int writeTime(long millisOfDay, byte[] into, int at) {
        int millis = (int) millisOfDay;
        int position = two(millis / 3_600_000, into, at);
        into[position++] = ':';
        position = two(millis / 60_000 % 60, into, position);
        into[position++] = ':';
        position = two(millis / 1000 % 60, into, position);
        into[position++] = '.';
        into[position++] = (byte) ('0' + millis / 100 % 10);
        return two(millis % 100, into, position);
    }

    private static int two(int value, byte[] into, int at) {
        into[at] = (byte) ('0' + value / 10);
        into[at + 1] = (byte) ('0' + value % 10);
        return at + 2;
    }
}
