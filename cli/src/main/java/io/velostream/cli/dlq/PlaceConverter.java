package io.velostream.cli.dlq;

import io.velostream.engine.guard.DeadLetter.Place;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The id of a letter. */
final class PlaceConverter implements ITypeConverter<Place> {

    @Override
    public Place convert(String text) {
        return Place.parse(text)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is no letter's id: it is partition:offset, such as 0:17"));
    }
}
