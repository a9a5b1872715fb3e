package io.github.camelgemini.image.result;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.MimeTypeHelper;

/**
 * File name extensions that describe the content, and so must match the bytes. Other extensions are part of the name:
 * {@code v1.2}, {@code report.final}.
 */
final class FileEndings {

    private static final Pattern ENDING = Pattern.compile("\\.([A-Za-z0-9]{1,10})\\s*$");

    /**
     * Extensions that Camel's own list lacks: other names for JPEG, newer formats, raw files of cameras, and formats of
     * prompts and jobs.
     */
    private static final Set<String> KNOWN = Set.of(
            ("jfif jif jfi pjpeg pjp jp2 j2k jpx heic heif heics heifs hif apng raw dng arw crw cr2 cr3 nef orf raf rw2 eps"
                            + " pdf ps ai rtf doc docx odt xls xlsx ods ppt pptx odp eml msg md adoc json json5 jsonl ndjson"
                            + " yaml yml xml properties prompt zip gz tgz bin dat b64 base64")
                    .split(" "));

    private FileEndings() {}

    /**
     * Corrects the extension of a name.
     *
     * @param extension of the bytes, such as {@code jpg}
     * @return the same name if its extension matches, or does not describe content
     */
    static String fit(String name, String extension) {
        Matcher ending = ENDING.matcher(name);
        if (!ending.find()) {
            return name;
        }
        String written = ending.group(1).toLowerCase(Locale.ROOT);
        boolean fits = written.replace("jpeg", "jpg").equals(extension);
        return fits || !saysWhatIsInIt(written) ? name : name.substring(0, ending.start(1)) + extension;
    }

    private static boolean saysWhatIsInIt(String ending) {
        if (KNOWN.contains(ending)) {
            return true;
        }
        // Extensions of other types in Camel's list may be parts of names: com, me, ice.
        String type = MimeTypeHelper.probeMimeType("x." + ending);
        return type != null && (type.startsWith("image/") || type.startsWith("text/") || type.startsWith("video/"));
    }
}
