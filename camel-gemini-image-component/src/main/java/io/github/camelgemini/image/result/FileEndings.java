package io.github.camelgemini.image.result;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.MimeTypeHelper;

/**
 * The endings of file names that say what is in a file, and so must fit its bytes. Others are part of the name: {@code v1.2},
 * {@code report.final}.
 */
final class FileEndings {

    private static final Pattern ENDING = Pattern.compile("\\.([A-Za-z0-9]{1,10})\\s*$");

    /** What Camel's own list lacks: JPEG by other names, newer formats, raw files of cameras, what prompts and jobs come in. */
    private static final Set<String> KNOWN = Set.of(
            ("jfif jif jfi pjpeg pjp jp2 j2k jpx heic heif heics heifs hif apng raw dng arw crw cr2 cr3 nef orf raf rw2 eps"
                            + " pdf ps ai rtf doc docx odt xls xlsx ods ppt pptx odp eml msg md adoc json json5 jsonl ndjson"
                            + " yaml yml xml properties prompt zip gz tgz bin dat b64 base64")
                    .split(" "));

    private FileEndings() {}

    /**
     * Corrects the ending of a name.
     *
     * @param extension of the bytes, such as {@code jpg}
     * @return the same name if its ending fits, or if it has none that says what is in it
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
        // Of all the endings that Camel knows, those of other things are names now and then: com, me, ice.
        String type = MimeTypeHelper.probeMimeType("x." + ending);
        return type != null && (type.startsWith("image/") || type.startsWith("text/") || type.startsWith("video/"));
    }
}
