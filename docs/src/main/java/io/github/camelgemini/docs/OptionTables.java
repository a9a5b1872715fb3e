package io.github.camelgemini.docs;

import static io.github.camelgemini.docs.AsciiDocTable.code;
import static io.github.camelgemini.docs.AsciiDocTable.literal;

import io.github.camelgemini.image.request.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.util.TimeUtils;

/** Options and headers as tables, from the catalog JSON of the component. */
final class OptionTables {

    /** The groups of the catalog in the order of the page, with titles; other groups follow by their own names. */
    private static final Map<String, String> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("path", "Path");
        GROUPS.put("producer", "Request and image");
        GROUPS.put("common", "Service and server");
        GROUPS.put("security", "Authentication and TLS");
        GROUPS.put("proxy", "Proxy");
        GROUPS.put("producer (advanced)", "Time-outs, retries, limits and spooling");
        GROUPS.put("advanced", "Advanced");
    }

    private final ComponentModel component;
    private final Map<String, String> headersByOption =
            Parameter.ALL.stream().collect(Collectors.toMap(Parameter::optionName, Parameter::headerName));

    OptionTables(ComponentModel component) {
        this.component = component;
    }

    /** All options of an endpoint, with one table for each group. */
    String endpoint() {
        Map<String, List<BaseOptionModel>> groups = component.getEndpointOptions().stream()
                .collect(Collectors.groupingBy(OptionTables::group, LinkedHashMap::new, Collectors.toList()));
        return Stream.concat(GROUPS.keySet().stream(), groups.keySet().stream())
                .distinct()
                .filter(groups::containsKey)
                .map(name -> "==== " + GROUPS.getOrDefault(name, name) + "\n\n" + options(groups.get(name)))
                .collect(Collectors.joining("\n"));
    }

    /** The options that only the component has; all others are defaults for its endpoints. */
    String component() {
        Set<String> ofEndpoint = component.getEndpointOptions().stream()
                .map(BaseOptionModel::getName)
                .collect(Collectors.toSet());
        return options(component.getComponentOptions().stream()
                .filter(option -> !ofEndpoint.contains(option.getName()))
                .toList());
    }

    /** The headers that a message may set. */
    String inputHeaders() {
        return headers(headersByOption::containsValue);
    }

    /** The headers that the component sets. */
    String outputHeaders() {
        return headers(name -> !headersByOption.containsValue(name));
    }

    /** The fields of a JSON request. */
    String jsonFields() {
        AsciiDocTable table = new AsciiDocTable(
                "3,4,4,5", "Option", "Other names of the field", "In JSON", "In the shape of the Gemini API");
        for (Parameter<?> parameter : Parameter.ALL) {
            String option = parameter.optionName();
            table.row(
                    "<<option-" + option + "," + code(option) + ">>",
                    parameter.fieldNames().stream()
                            .skip(1)
                            .map(AsciiDocTable::code)
                            .collect(Collectors.joining(", ")),
                    literal(parameter.type().toString()),
                    parameter.geminiFields().stream().map(AsciiDocTable::code).collect(Collectors.joining(", ")));
        }
        return table.toString();
    }

    private static String group(BaseOptionModel option) {
        return "path".equals(option.getKind()) ? "path" : option.getGroup();
    }

    private String options(List<? extends BaseOptionModel> options) {
        AsciiDocTable table = new AsciiDocTable("3,7,2,2", "Option", "Description", "Default", "Type");
        for (BaseOptionModel option : options) {
            table.row(
                    name(option), description(option), code(defaultValue(option)), literal(option.getShortJavaType()));
        }
        return table.toString();
    }

    private static String name(BaseOptionModel option) {
        String placeholder = option.isMultiValue() && option.getPrefix() != null ? option.getPrefix() + "*" : "";
        String shown = placeholder.isEmpty() ? option.getName() : placeholder;
        String marks = (option.isRequired() ? " _required_" : "")
                + (option.isSecret() ? " _secret_" : "")
                + (option.isAutowired() ? " _autowired_" : "");
        return "[[option-" + option.getName() + "]]" + code(shown) + marks;
    }

    private String description(BaseOptionModel option) {
        StringBuilder description = new StringBuilder(literal(option.getDescription()));
        if (option.getEnums() != null && !"boolean".equals(option.getType())) {
            description.append("\n\nOne of ");
            description.append(
                    option.getEnums().stream().map(AsciiDocTable::code).collect(Collectors.joining(", ")));
            description.append('.');
        }
        if (headersByOption.containsKey(option.getName())) {
            String header = headersByOption.get(option.getName());
            description
                    .append("\n\nHeader: <<header-")
                    .append(header)
                    .append(',')
                    .append(code(header))
                    .append(">>");
        }
        return description.toString();
    }

    private static String defaultValue(BaseOptionModel option) {
        if (option.getDefaultValue() == null) {
            return "";
        }
        String value = option.getDefaultValue().toString();
        return "duration".equals(option.getType()) ? TimeUtils.printDuration(Long.parseLong(value), true) : value;
    }

    private String headers(Predicate<String> wanted) {
        AsciiDocTable table = new AsciiDocTable("4,7,1", "Header", "Description", "Type");
        component.getEndpointHeaders().stream()
                .filter(header -> wanted.test(header.getName()))
                .forEach(header -> table.row(
                        "[[header-" + header.getName() + "]]" + code(header.getName()),
                        literal(header.getDescription()) + "\n\nConstant: " + code(constant(header.getConstantName())),
                        literal(header.getShortJavaType())));
        return table.toString();
    }

    /** {@code io.github…GeminiImageHeaders#MODEL} as it is written in a route. */
    private static String constant(String name) {
        return name.substring(name.lastIndexOf('.') + 1).replace('#', '.');
    }
}
