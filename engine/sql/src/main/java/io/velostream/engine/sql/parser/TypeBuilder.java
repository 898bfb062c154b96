package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.parser.generated.VeloSqlParser.ArrayTypeContext;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.MapTypeContext;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.NamedTypeContext;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.StructTypeContext;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.TypeContext;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.TypeName;

/** Parse tree → type names. */
final class TypeBuilder {

    private TypeBuilder() {}

    static TypeName build(TypeContext node) {
        Location location = Locations.of(node);
        return switch (node) {
            case ArrayTypeContext array -> new TypeName.ArrayOf(location, build(array.type()));
            case MapTypeContext map -> new TypeName.MapOf(location, build(map.type(0)), build(map.type(1)));
            case StructTypeContext struct ->
                new TypeName.Struct(
                        location,
                        struct.structField().stream()
                                .map(field -> new TypeName.Field(
                                        Locations.identifier(field.identifier()), build(field.type())))
                                .toList());
            case NamedTypeContext named ->
                new TypeName.Named(
                        location,
                        named.typeName().identifier() == null
                                ? "DOUBLE"
                                : Locations.identifier(named.typeName().identifier())
                                        .name(),
                        named.INTEGER_VALUE().stream()
                                .map(digits -> digits.getText().length() > 9
                                        ? Integer.MAX_VALUE
                                        : Integer.parseInt(digits.getText()))
                                .toList());
            default -> throw new IllegalStateException("no builder for " + node.getClass());
        };
    }
}
