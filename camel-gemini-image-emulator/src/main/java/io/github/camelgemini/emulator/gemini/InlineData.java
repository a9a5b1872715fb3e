package io.github.camelgemini.emulator.gemini;

import io.github.camelgemini.emulator.api.PictureFields;
import java.util.Set;

/** Where pictures are in a request of this dialect: in the data of inline data, in either case. */
public final class InlineData {

    private static final Set<String> PARENTS = Set.of("inlineData", "inline_data");

    /** Those texts. */
    public static final PictureFields FIELDS = (parent, field) ->
            PARENTS.contains(parent) && field.equals("data") ? PictureFields.Form.BASE64 : PictureFields.Form.NONE;

    /** How an answer of this dialect begins, up to the first letter of its text. */
    public static final String OPENING = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"";

    private InlineData() {}
}
