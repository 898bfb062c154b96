package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Dialect;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Property;
import io.velostream.engine.sql.tree.Relation;
import io.velostream.engine.sql.tree.Statement;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import io.velostream.engine.sql.tree.TypeName;
import io.velostream.engine.sql.type.SqlType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Names in FROM → schemas: declared, made by a statement of the text, or known by WITH entries only. */
final class SourceResolver {

    private final Problems problems;
    private final RelationCatalogue catalogue;
    private final PropertyReader properties;
    private final Topics topics;
    private final SourceReader reader;
    private final Dialect dialect;
    private final Map<String, Statement.Declare> declarations = new HashMap<>();
    private final Deque<Map<String, RelationSchema>> locals = new ArrayDeque<>();
    private final Set<String> read = new HashSet<>();

    SourceResolver(
            Problems problems, RelationCatalogue catalogue, PropertyReader properties, Topics topics, Dialect dialect) {
        this.problems = problems;
        this.catalogue = catalogue;
        this.properties = properties;
        this.topics = topics;
        this.dialect = dialect;
        this.reader = new SourceReader(problems, dialect);
    }

    Optional<RelationSchema> known(Identifier name) {
        return local(name).or(() -> catalogue.find(name));
    }

    private Optional<RelationSchema> local(Identifier name) {
        return locals.stream()
                .map(names -> names.get(RelationCatalogue.key(name.name())))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** From here to {@link #leave} the names of WITH … AS can be added; they hide others of the same name. */
    void enter() {
        locals.push(new HashMap<>());
    }

    /** A name of WITH … AS. */
    void define(Identifier name, RelationSchema schema) {
        locals.getFirst().put(RelationCatalogue.key(name.name()), schema.named(name.name()));
    }

    /** Whether something has read the name's rows. */
    boolean isRead(RelationSchema schema) {
        return read.contains(schema.source().topic());
    }

    void leave() {
        locals.pop();
    }

    /** A declared source. Its columns are checked even when nothing reads it. */
    void declare(Statement.Declare declaration) {
        properties.check(declaration.properties(), List.of(declaration.name().name()));
        declarations.put(RelationCatalogue.key(declaration.name().name()), declaration);
        catalogue.add(schema(declaration, declaration.properties()));
    }

    private RelationSchema schema(Statement.Declare declaration, List<Property> entries) {
        String name = declaration.name().name();
        PropertySet about = properties.about(name, entries);
        TypeResolver types = new TypeResolver(problems);
        boolean ofKsql = dialect == Dialect.KSQLDB;
        if (ofKsql && about.entry(PropertyKey.KEY_FORMAT).isEmpty()) {
            about.put(
                    PropertyKey.KEY_FORMAT,
                    new PropertySet.Entry("kafka", declaration.name().location()));
        }
        boolean keyInValue = about.flag(PropertyKey.KEY_IN_VALUE, !ofKsql);
        List<RelationSchema.Column> columns = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        Set<String> narrow = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Statement.ColumnDefinition column : declaration.columns()) {
            Identifier columnName = column.name();
            if (!names.add(columnName.name())) {
                problems.add(
                        ProblemCode.DUPLICATE_NAME,
                        columnName.location(),
                        "column `" + columnName.name() + "` is declared twice",
                        "rename one of them");
                continue;
            }
            SqlType type = types.resolve(column.type());
            columns.add(new RelationSchema.Column(columnName.name(), type, column.key() && !keyInValue));
            if (column.key()) {
                keys.add(columnName.name());
            }
            if (column.type() instanceof TypeName.Named named && isNarrow(named)) {
                narrow.add(columnName.name());
            }
        }
        Optional<String> eventTime = about.text(PropertyKey.EVENT_TIME_FIELD);
        checkColumn(PropertyKey.EVENT_TIME_FIELD, columns, about);
        checkColumn(PropertyKey.WATERMARK_PUNCTUATION, columns, about);
        return new RelationSchema(
                name,
                declaration.kind(),
                columns,
                columns.isEmpty(),
                eventTime,
                reader.read(
                        name,
                        columns,
                        keys,
                        narrow,
                        topics.ofSource(name, declaration.name().location(), about),
                        about));
    }

    /** INT has four bytes in ksqlDB's keys. */
    private static boolean isNarrow(TypeName.Named type) {
        return type.name().equalsIgnoreCase("INT") || type.name().equalsIgnoreCase("INTEGER");
    }

    private void checkColumn(PropertyKey key, List<RelationSchema.Column> columns, PropertySet about) {
        Optional<String> field = about.text(key);
        if (field.isEmpty() || columns.isEmpty()) {
            return;
        }
        List<String> names = columns.stream().map(RelationSchema.Column::name).toList();
        if (names.stream().noneMatch(field.get()::equalsIgnoreCase)) {
            problems.add(
                    ProblemCode.UNKNOWN_COLUMN,
                    about.entry(key).orElseThrow().location(),
                    key.spelling() + ": there is no column `" + field.get() + "`"
                            + NearestName.suggestion(field.get(), names),
                    "its columns are " + String.join(", ", names));
        }
    }

    /** The relation that a name in FROM means, with what this statement's WITH adds to it. */
    RelationSchema resolve(Identifier name, List<Property> statement) {
        Optional<RelationSchema> local = local(name);
        if (local.isPresent()) {
            read.add(local.get().source().topic());
            return local.get();
        }
        Statement.Declare declaration = declarations.get(RelationCatalogue.key(name.name()));
        if (declaration != null) {
            return declared(declaration, statement);
        }
        return catalogue
                .find(name)
                .map(known -> created(known, statement))
                .orElseGet(() -> undeclared(name, statement));
    }

    private RelationSchema declared(Statement.Declare declaration, List<Property> statement) {
        if (statement.isEmpty()) {
            return catalogue.find(declaration.name()).orElseThrow();
        }
        String name = declaration.name().name();
        List<Property> entries = new ArrayList<>(declaration.properties());
        statement.stream().filter(entry -> isAbout(entry, name)).forEach(entries::add);
        return schema(declaration, entries);
    }

    /** A plain {@code topic} or {@code format} in a statement is its sink's; only time settings are every source's. */
    private static boolean isAbout(Property entry, String name) {
        return entry.key().regionMatches(true, 0, name + ".", 0, name.length() + 1)
                || PropertyKey.of(entry.key()).filter(PropertyKey::isTime).isPresent();
    }

    /** Whether an entry of a statement is about what it reads rather than about its sink of that name. */
    static boolean isOfSources(Property entry, String sink) {
        boolean ofSink = entry.key().regionMatches(true, 0, sink + ".", 0, sink.length() + 1);
        boolean prefixed =
                entry.key().indexOf('.') > 0 && PropertyKey.of(entry.key()).isEmpty();
        return !ofSink
                && (prefixed
                        || PropertyKey.of(entry.key())
                                .filter(PropertyKey::isTime)
                                .isPresent());
    }

    private RelationSchema created(RelationSchema known, List<Property> statement) {
        List<Property> own =
                statement.stream().filter(entry -> isAbout(entry, known.name())).toList();
        PropertySet about = properties.about(known.name(), own);
        var settings = reader.read(
                known.name(),
                known.columns(),
                known.source().keyColumns(),
                known.source().narrowColumns(),
                known.source().topic(),
                about);
        boolean ownTime = about.entry(PropertyKey.WATERMARK_DISORDER).isPresent()
                || about.entry(PropertyKey.ALLOWED_LATENESS).isPresent()
                || about.entry(PropertyKey.WATERMARK_STRATEGY).isPresent();
        boolean ownLate = about.entry(PropertyKey.LATE_DATA).isPresent();
        var source = known.source()
                .withTime(
                        ownTime ? settings.watermark() : known.source().watermark(),
                        ownLate ? settings.lateData() : known.source().lateData(),
                        settings.eventTimeFormat());
        return new RelationSchema(
                known.name(),
                known.kind(),
                known.columns(),
                known.open(),
                about.text(PropertyKey.EVENT_TIME_FIELD),
                source);
    }

    private RelationSchema undeclared(Identifier name, List<Property> statement) {
        List<Property> own =
                statement.stream().filter(entry -> isAbout(entry, name.name())).toList();
        PropertySet about = properties.about(name.name(), own);
        return open(name.name(), topics.ofSource(name.name(), name.location(), about), about);
    }

    private RelationSchema open(String name, String topic, PropertySet about) {
        return new RelationSchema(
                name,
                ObjectKind.STREAM,
                List.of(),
                true,
                about.text(PropertyKey.EVENT_TIME_FIELD),
                reader.read(name, List.of(), List.of(), Set.of(), topic, about));
    }

    /** {@code kafka://topic}. */
    Optional<RelationSchema> resolve(Relation.Address address) {
        String prefix = "kafka://";
        String rest =
                address.uri().substring(Math.min(prefix.length(), address.uri().length()));
        if (!address.uri().startsWith(prefix) || rest.isEmpty() || rest.contains("/")) {
            problems.add(
                    ProblemCode.NOT_SUPPORTED,
                    address.location(),
                    "the address " + address.uri() + " is not supported yet in this version",
                    "this version reads kafka://topic");
            return Optional.empty();
        }
        return Optional.of(open(rest, rest, properties.about(rest, List.of())));
    }
}
