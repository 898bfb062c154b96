package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.format.JsonTree;
import io.velostream.engine.runtime.expression.Values;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.runtime.state.TupleCodec;
import io.velostream.engine.sql.type.SqlType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Values that an aggregate keeps as objects: as bytes, and how many bytes they take in memory. */
final class ElementCodec {

    private static final int BOXED = 24;
    private static final int ENTRY = 48;

    private final SqlType type;
    private final Row register = new Row(1, new Origin());
    private final Value value = new Value();

    ElementCodec(SqlType type) {
        this.type = type;
    }

    void write(@Nullable Object element, GrowingBuffer out) {
        if (isContainer() && element != null) {
            byte[] json = JsonTree.text(element, type).getBytes(StandardCharsets.UTF_8);
            out.put(1);
            out.putSized(json, 0, json.length);
            return;
        }
        out.put(0);
        value.setObject(element);
        value.store(register, 0);
        TupleCodec.encode(register, 0, false, out);
    }

    @Nullable Object read(ByteCursor in) {
        if (in.get() != 0) {
            int from = in.skipSized();
            return JsonTree.read(in.bytes(), from, in.position(), type);
        }
        TupleCodec.decode(in, register, 0);
        value.load(register, 0);
        Object element = Values.object(value);
        if (!(type instanceof SqlType.Decimal decimal) || element == null) {
            return element;
        }
        // The codec shortens decimals; the type knows the scale.
        BigDecimal number = element instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) element;
        return number.setScale(decimal.scale());
    }

    private boolean isContainer() {
        return type instanceof SqlType.Array || type instanceof SqlType.MapOf || type instanceof SqlType.Struct;
    }

    /** About how many bytes the element takes in a list. */
    long bytes(@Nullable Object element) {
        return switch (element) {
            case null -> Long.BYTES;
            case String text -> ENTRY + Long.BYTES + text.length();
            case byte[] bytes -> BOXED + Long.BYTES + bytes.length;
            case Long number -> BOXED + Long.BYTES;
            case Double number -> BOXED + Long.BYTES;
            case Boolean truth -> Long.BYTES;
            case BigDecimal number -> ENTRY + Long.BYTES + number.precision() / 2;
            default -> ENTRY + 2L * JsonTree.text(element, type).length();
        };
    }
}
