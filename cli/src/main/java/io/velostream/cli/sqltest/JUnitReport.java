package io.velostream.cli.sqltest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes results in the XML form that CI servers read. */
final class JUnitReport {

    private JUnitReport() {}

    /**
     * @param results differences by case, in the order of the run
     */
    static void write(Path file, Map<SqlCase, List<String>> results) throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "velo test");
            xml.writeAttribute("tests", String.valueOf(results.size()));
            xml.writeAttribute(
                    "failures",
                    String.valueOf(
                            results.values().stream().filter(d -> !d.isEmpty()).count()));
            for (Map.Entry<SqlCase, List<String>> result : results.entrySet()) {
                xml.writeStartElement("testcase");
                xml.writeAttribute("classname", result.getKey().group());
                xml.writeAttribute("name", result.getKey().name());
                if (!result.getValue().isEmpty()) {
                    xml.writeStartElement("failure");
                    xml.writeAttribute("message", result.getValue().getFirst());
                    xml.writeCharacters(String.join("\n", result.getValue()));
                    xml.writeEndElement();
                }
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("The report " + file + " could not be written: " + e.getMessage(), e);
        }
    }
}
