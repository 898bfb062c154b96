package io.velostream.engine.sql.function;

import java.util.Locale;

/** Functions on places, given in degrees of latitude and longitude. */
public final class GeoFunctions {

    private static final double EARTH_KILOMETRES = 6371;
    private static final double EARTH_MILES = 3959;

    private GeoFunctions() {}

    @SqlFunction(
            name = "GEO_DISTANCE",
            description = "The distance of two places in kilometres, along a great circle.",
            examples = {"ROUND(GEO_DISTANCE(52.52e0, 13.405e0, 48.8566e0, 2.3522e0)) = 877e0"})
    public static double distance(double latitude, double longitude, double otherLatitude, double otherLongitude) {
        return distance(latitude, longitude, otherLatitude, otherLongitude, "KM");
    }

    /** By the haversine formula on a sphere (R. W. Sinnott, "Virtues of the Haversine", 1984). */
    @SqlFunction(
            name = "GEO_DISTANCE",
            description = "The distance of two places along a great circle, in KM or MILES.",
            examples = {"ROUND(GEO_DISTANCE(52.52e0, 13.405e0, 48.8566e0, 2.3522e0, 'MILES')) = 545e0"})
    public static double distance(
            double latitude, double longitude, double otherLatitude, double otherLongitude, String unit) {
        check("latitude", 90, latitude, otherLatitude);
        check("longitude", 180, longitude, otherLongitude);
        double halfNorth = Math.sin(Math.toRadians(otherLatitude - latitude) / 2);
        double halfEast = Math.sin(Math.toRadians(otherLongitude - longitude) / 2);
        double chord = halfNorth * halfNorth
                + Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(otherLatitude)) * halfEast * halfEast;
        return 2 * radius(unit) * Math.asin(Math.min(1, Math.sqrt(chord)));
    }

    private static void check(String what, double limit, double... degrees) {
        for (double each : degrees) {
            if (!(Math.abs(each) <= limit)) {
                throw new IllegalArgumentException("a " + what + " is between -" + limit + " and " + limit);
            }
        }
    }

    private static double radius(String unit) {
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "KM", "KILOMETER", "KILOMETERS", "KILOMETRE", "KILOMETRES" -> EARTH_KILOMETRES;
            case "MILE", "MILES" -> EARTH_MILES;
            default -> throw new IllegalArgumentException("a distance is in KM or MILES, not in " + unit);
        };
    }
}
